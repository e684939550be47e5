import type { RecordedDecision } from '../../../../db/consent-history.js';
import { Chip } from '../../../components/chip.js';
import { dataKind } from '../../../components/data-kinds.js';
import { Icon } from '../../../components/icon.js';
import { Time } from '../../../components/time.js';
import { clockTime, longDate } from '../../../components/times.js';
import { type StaffFrame, StaffLayout } from '../staff-layout.js';
import { type PatientFacts, PatientHead } from './patient-head.js';

/** A study with its kinds of data, and what the patient has answered. */
export interface ConsentsOfStudy {
  readonly id: number;
  readonly name: string;
  readonly lines: readonly {
    readonly code: string;
    readonly text: string;
    readonly decision: RecordedDecision['decision'] | null;
    readonly decidedAt: Date | null;
  }[];
}

export interface ConsentsProps {
  readonly frame: StaffFrame;
  readonly patient: PatientFacts;
  readonly studies: readonly ConsentsOfStudy[];
  readonly history: readonly RecordedDecision[];
}

const chips = {
  agreed: { tone: 'ok', icon: 'check-circle-fill', word: 'Agreed' },
  declined: { tone: 'idle', icon: 'dash-circle', word: 'Not agreed' },
  stopped: { tone: 'idle', icon: 'dash-circle', word: 'Stopped' },
  open: { tone: 'idle', icon: 'circle', word: 'Not answered' },
} as const;

/** What the patient agreed to, and every decision there ever was. */
export function ConsentsPage({ frame, patient, studies, history }: ConsentsProps) {
  return (
    <StaffLayout frame={frame} title={`Consents of ${patient.name}`} here="patients">
      <PatientHead patient={patient} tab="consents" />
      {studies.map(({ id, name, lines }) => (
        <section class="card" aria-labelledby={`study-${id}`}>
          <div class="card-header">
            <h2 id={`study-${id}`}>{name}</h2>
          </div>
          <ul class="wx-list is-ruled">
            {lines.map(({ code, text, decision, decidedAt }) => {
              const { tone, icon, word } = chips[decision ?? 'open'];
              return (
                <li class="wx-row">
                  <strong>{dataKind(code, text).label}</strong>
                  <Chip tone={tone} icon={icon}>
                    {word}
                  </Chip>
                  {decidedAt === null ? null : (
                    <span class="wx-s wx-2 wx-push">
                      since <Time at={decidedAt} zone={patient.zone} as={longDate} />
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <section class="card" aria-labelledby="history-h">
        <div class="card-header">
          <h2 id="history-h">History</h2>
          <span class="wx-s wx-2">nothing here can be changed or taken away</span>
        </div>
        <div class="card-body">
          {history.length === 0 ? <p class="wx-2">Nothing was answered yet.</p> : null}
          <ol class="wx-timeline">
            {history.map((event) => (
              <Event event={event} zone={patient.zone} />
            ))}
          </ol>
        </div>
      </section>
    </StaffLayout>
  );
}

function Event({ event, zone }: { readonly event: RecordedDecision; readonly zone: string }) {
  const { decision, code, text, study, decidedAt, textVersion, channel, byPatient } = event;
  const { icon, word } = chips[decision];
  return (
    <li class={decision === 'agreed' ? 'is-ok' : ''}>
      <Icon name={icon} />
      <div>
        <strong>
          {dataKind(code, text).label}: {word.toLowerCase()}
        </strong>{' '}
        for {study}
        <small>
          <Time
            at={decidedAt}
            zone={zone}
            as={(at, where) => `${longDate(at, where)}, ${clockTime(at, where)}`}
          />
          , by {byPatient ? 'the patient' : 'somebody else'}, {channel}, text {textVersion}
        </small>
      </div>
    </li>
  );
}
