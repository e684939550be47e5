import { Chart, CorrectedMark, diamond, Legend, PLOT, square } from './chart.js';
import type { NightBar, Stage } from './night-bars.js';
import { round, yOf } from './scale.js';

export interface NightsChartProps {
  readonly id: string;
  /** Every morning shown, YYYY-MM-DD. */
  readonly days: readonly string[];
  readonly bars: readonly NightBar[];
  readonly dayText: (day: string) => string;
}

const classes: Record<Stage, string> = {
  deep: 'c-deep',
  light: 'c-light',
  rem: 'c-rem',
  awake: 'c-awake',
  asleep: 'c-light',
};
const HOUR = 60;

/** One column a night by clock time, evening at the top. */
export function NightsChart({ id, days, bars, dayText }: NightsChartProps) {
  const byDay = new Map(bars.map((bar) => [bar.day, bar]));
  const from = Math.min(9 * HOUR, ...bars.map(({ pieces }) => pieces[0]?.from ?? 9 * HOUR));
  const to = Math.max(21 * HOUR, ...bars.map(({ pieces }) => pieces.at(-1)?.to ?? 21 * HOUR));
  const [first, last] = [Math.floor(from / 180) * 180, Math.ceil(to / 180) * 180];
  // Time runs downwards.
  const scale = { low: -last, high: -first, ticks: ticksOf(first, last) };
  const wide = 100 / days.length;
  const every = Math.ceil(days.length / 5);
  const inOrder = bars.some(({ isInOrder }) => isInOrder);
  const missing = days.filter((day) => !byDay.has(day)).length;
  return (
    <div class="wx-stack-s c-sleep">
      <Chart
        id={id}
        title={`Sleep, ${days.length} nights by clock time, to ${dayText(days.at(-1) ?? '')}`}
        description={`${days.length - missing} nights with data, ${missing} without.${inOrder ? '' : ' Stages as totals of each night, not in their order.'}`}
        scale={scale}
        tick={(value) => `${(Math.round(-value / HOUR) + 12) % 24} h`}
        labels={days
          .map((day, index) => ({ x: round((index + 0.5) * wide), text: dayText(day), index }))
          .filter(({ index }) => (days.length - 1 - index) % every === 0)}
      >
        {days.map((day, index) => {
          const bar = byDay.get(day);
          const [x, width] = [`${round((index + 0.2) * wide)}%`, `${round(0.6 * wide)}%`];
          if (bar === undefined) {
            return (
              <rect class="c-none" x={x} width={width} y={PLOT.top + 30} height={PLOT.height - 60} rx="3" />
            );
          }
          return bar.pieces.map((piece) => {
            const y = yOf(-piece.from, scale, PLOT);
            const height = round(yOf(-piece.to, scale, PLOT) - y);
            return <rect class={classes[piece.stage]} x={x} width={width} y={y} height={height} />;
          });
        })}
        {bars
          .filter(({ isCorrected, day }) => isCorrected && days.includes(day))
          .map(({ day, pieces }) => (
            <CorrectedMark
              x={round((days.indexOf(day) + 0.5) * wide)}
              y={yOf(-(pieces[0]?.from ?? first), scale, PLOT) - 6}
            />
          ))}
      </Chart>
      <Legend
        entries={[
          { sign: square('c-deep'), text: 'Deep' },
          { sign: square('c-light'), text: 'Light' },
          { sign: square('c-rem'), text: 'REM' },
          { sign: square('c-awake'), text: 'Awake' },
          { sign: diamond(), text: 'Corrected afterwards' },
          { sign: square('c-none'), text: 'No data' },
        ]}
      />
      {inOrder ? null : <p class="wx-xs wx-2">Stages are totals of each night, not in their order.</p>}
    </div>
  );
}

function ticksOf(first: number, last: number): number[] {
  const hours = (last - first) / 180;
  const every = Math.ceil(hours / 4) * 180;
  return Array.from(
    { length: Math.floor((last - first) / every) + 1 },
    (_, index) => -(first + index * every),
  ).reverse();
}
