import type { BandPiece, ChartSpan } from '../../db/chart-figures.js';
import type { DataKind } from '../components/data-kinds.js';
import { longDate } from '../components/times.js';
import { figure } from '../components/words.js';
import { Chart, CorrectedMark, diamond, Gap, Legend, PLOT, square } from './chart.js';
import { momentLabels } from './labels.js';
import { round, scaleOf, xOf, yOf } from './scale.js';

export interface BandChartProps {
  readonly id: string;
  readonly kind: DataKind;
  readonly unit: string;
  readonly span: ChartSpan;
  readonly minutes: number;
  readonly pieces: readonly BandPiece[];
  readonly sensible?: readonly [number, number] | undefined;
}

const MINUTE_MS = 60_000;

/** A line of averages over a band from lowest to highest. What is absent stays absent: nothing is joined over it. */
export function BandChart({ id, kind, unit, span, minutes, pieces, sensible }: BandChartProps) {
  const scale = scaleOf(
    pieces.flatMap(({ low, high }) => [low, high]),
    sensible,
  );
  const runs = runsOf(pieces, minutes);
  const gaps = gapsOf(runs, span);
  const place = {
    x: (at: Date) => xOf(middle(at, minutes), span),
    y: (value: number) => yOf(value, scale, PLOT),
  };
  return (
    <div class={`wx-stack-s c-${kind.hue === 'steps' ? 'steps-hue' : kind.hue}`}>
      <Chart
        id={id}
        title={`${kind.label}, ${unit}, ${longDate(span.from, span.zone)} to ${longDate(span.now, span.zone)}`}
        description={describe(pieces, gaps.length, unit)}
        scale={scale}
        labels={momentLabels(span)}
      >
        {gaps.map(({ x, width }) => (
          <Gap chart={id} x={x} width={width} />
        ))}
        <svg
          x="0"
          y="0"
          width="100%"
          height={PLOT.total}
          viewBox={`0 0 100 ${PLOT.total}`}
          preserveAspectRatio="none"
        >
          {runs.map((run) => (
            <>
              <path class="c-area" d={areaOf(run, place)} />
              <path class="c-trace" d={lineOf(run, place)} />
            </>
          ))}
        </svg>
        {pieces
          .filter(({ corrected }) => corrected > 0)
          .map(({ at, mean }) => (
            <CorrectedMark x={place.x(at)} y={place.y(mean)} />
          ))}
      </Chart>
      <Legend
        entries={[
          { sign: <path class="c-trace" d="M0 6h16" />, text: 'Average' },
          { sign: square('c-area'), text: 'Lowest to highest' },
          { sign: diamond(), text: 'Corrected afterwards' },
          { sign: square('c-none'), text: 'No data' },
        ]}
      />
    </div>
  );
}

interface Place {
  readonly x: (at: Date) => number;
  readonly y: (value: number) => number;
}

function middle(at: Date, minutes: number): Date {
  return new Date(at.getTime() + (minutes * MINUTE_MS) / 2);
}

/** Pieces that follow each other; three missing ones end a run, of what is measured rarely a longer silence than usual. */
function runsOf(pieces: readonly BandPiece[], minutes: number): (readonly BandPiece[])[] {
  const patience = Math.max(3 * minutes * MINUTE_MS, 1.5 * usualStep(pieces));
  const runs: BandPiece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || piece.at.getTime() - last.at.getTime() > patience)
      runs.push([piece]);
    else run.push(piece);
  }
  return runs;
}

/** The median time between two pieces. */
function usualStep(pieces: readonly BandPiece[]): number {
  const steps = pieces.slice(1).map(({ at }, index) => at.getTime() - (pieces[index]?.at.getTime() ?? 0));
  return steps.sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 0;
}

function gapsOf(runs: readonly (readonly BandPiece[])[], span: ChartSpan): { x: number; width: number }[] {
  const edges = [span.from, ...runs.flatMap((run) => [run[0]?.at, run.at(-1)?.at]), span.now];
  return Array.from({ length: runs.length + 1 }, (_, index) => {
    const [from, to] = [edges[2 * index] ?? span.from, edges[2 * index + 1] ?? span.now];
    return { x: xOf(from, span), width: round(xOf(to, span) - xOf(from, span)) };
  }).filter(({ width }) => width > 2);
}

function lineOf(run: readonly BandPiece[], { x, y }: Place): string {
  const [only] = run;
  if (run.length === 1 && only !== undefined) return `M${x(only.at) - 0.3} ${y(only.mean)}h.6`;
  return run.map(({ at, mean }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(mean)}`).join('');
}

function areaOf(run: readonly BandPiece[], { x, y }: Place): string {
  const there = run.map(({ at, high }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(high)}`);
  const back = [...run].reverse().map(({ at, low }) => `L${x(at)} ${y(low)}`);
  return `${there.join('')}${back.join('')}z`;
}

function describe(pieces: readonly BandPiece[], gaps: number, unit: string): string {
  if (pieces.length === 0) return 'No data.';
  const low = pieces.reduce((least, piece) => Math.min(least, piece.low), Infinity);
  const high = pieces.reduce((most, piece) => Math.max(most, piece.high), -Infinity);
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const corrected = pieces.reduce((sum, piece) => sum + piece.corrected, 0);
  const holes = gaps === 0 ? 'No gaps.' : gaps === 1 ? 'One gap.' : `${gaps} gaps.`;
  return `From ${round(low)} to ${round(high)} ${unit}, ${figure(count)} measurements, ${corrected} corrected. ${holes}`;
}
