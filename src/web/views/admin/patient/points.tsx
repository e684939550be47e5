import { assetUrl } from '../../../assets.js';
import { diamond, Legend } from '../../../charts/chart.js';
import type { DataKind } from '../../../components/data-kinds.js';
import { type LinkChoice, Segments } from '../../../components/link-choices.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

export interface PointsProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly label: string;
  readonly hue: DataKind['hue'];
  readonly unit: string;
  /** Where the points are, as JSON. */
  readonly pointsUrl: string;
  readonly figuresHref: string;
  readonly ranges: readonly LinkChoice[];
}

/** What the buttons below the chart do to the span that is seen. */
const steps = [
  { text: 'Earlier', 'data-to': '-0.5' },
  { text: 'Later', 'data-to': '0.5' },
  { text: 'Closer', 'data-by': '0.5' },
  { text: 'Wider', 'data-by': '2' },
  { text: 'All', 'data-by': 'Infinity' },
] as const;

/** Every point of one kind of data: drag over the chart to look closer, click twice to see all.  */
export function PointsPage({
  frame,
  patient,
  label,
  hue,
  unit,
  pointsUrl,
  figuresHref,
  ranges,
}: PointsProps) {
  return (
    <StaffLayout frame={frame} title={`Points of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="overview" />
      <section class="card" aria-labelledby="points-h">
        <div class="card-header">
          <h2 id="points-h">{label}, every point</h2>
          <span class="wx-s wx-2">{unit}</span>
          <span class="wx-push">
            <Segments label="Range" choices={ranges} />
          </span>
        </div>
        <div class="card-body wx-stack-s">
          <link rel="stylesheet" href={assetUrl('uplot.css')} />
          <div
            id="points"
            class={`wx-points c-${hue === 'steps' ? 'steps-hue' : hue}`}
            data-from={pointsUrl}
            data-zone={patient.zone}
            data-label={label}
          >
            This view needs a script. Without one, the figures say the same.
          </div>
          <p id="points-span" class="wx-s" aria-live="polite"></p>
          <div id="points-zoom" class="wx-actions" role="group" aria-label="What is seen" hidden>
            {steps.map(({ text, ...data }) => (
              <button type="button" class="btn btn-outline-secondary btn-sm" {...data}>
                {text}
              </button>
            ))}
          </div>
          <Legend entries={[{ sign: diamond(), text: 'Corrected afterwards' }]} />
          <p class="wx-s wx-2">
            Or drag over the chart to look closer, click twice to see all.{' '}
            <a href={figuresHref}>Figures of {label}</a>
          </p>
          <script type="module" src={assetUrl('points.js')}></script>
        </div>
      </section>
    </StaffLayout>
  );
}
