import type { DayTotal } from '../../db/chart-figures.js';
import type { DataKind } from '../components/data-kinds.js';
import { figure } from '../components/words.js';
import { Chart, CorrectedMark, diamond, Legend, PLOT, square } from './chart.js';
import { round, scaleOf, yOf } from './scale.js';

export interface ColumnsChartProps {
  readonly id: string;
  readonly kind: DataKind;
  readonly unit: string;
  /** Every day shown, YYYY-MM-DD, the last one today. */
  readonly days: readonly string[];
  readonly totals: readonly DayTotal[];
  readonly dayText: (day: string) => string;
}

/** A column a day from zero; a day without data is an empty frame, today is dashed. */
export function ColumnsChart({ id, kind, unit, days, totals, dayText }: ColumnsChartProps) {
  const byDay = new Map(totals.map((total) => [total.day, total]));
  const scale = scaleOf([0, ...totals.map(({ total }) => total)]);
  const wide = 100 / days.length;
  const every = Math.ceil(days.length / 4);
  const missing = days.slice(0, -1).filter((day) => !byDay.has(day)).length;
  return (
    <div class={`wx-stack-s c-${kind.hue === 'steps' ? 'steps-hue' : kind.hue}`}>
      <Chart
        id={id}
        title={`${kind.label}, ${unit} of each day, ${dayText(days[0] ?? '')} to ${dayText(days.at(-1) ?? '')}`}
        description={`${figure(totals.length)} days with data, ${missing} without. Today is not finished.`}
        scale={scale}
        labels={days
          .map((day, index) => ({ x: round((index + 0.5) * wide), text: dayText(day), index }))
          .filter(({ index }) => (days.length - 1 - index) % every === 0)}
      >
        {days.map((day, index) => {
          const total = byDay.get(day);
          const isToday = index === days.length - 1;
          const [x, width] = [round((index + 0.14) * wide), round(0.72 * wide)];
          if (total === undefined) {
            return isToday ? null : (
              <rect class="c-none" x={`${x}%`} width={`${width}%`} y={PLOT.bottom - 38} height="38" />
            );
          }
          const y = yOf(total.total, scale, PLOT);
          return (
            <rect
              class={isToday ? 'c-bar-part' : 'c-bar'}
              x={`${x}%`}
              width={`${width}%`}
              y={y}
              height={round(PLOT.bottom - y)}
              rx="1.5"
            />
          );
        })}
        {totals
          .filter(({ corrected }) => corrected > 0)
          .map(({ day, total }) => (
            <CorrectedMark x={round((days.indexOf(day) + 0.5) * wide)} y={yOf(total, scale, PLOT) - 8} />
          ))}
      </Chart>
      <Legend
        entries={[
          { sign: square('c-bar'), text: 'Total' },
          { sign: square('c-bar-part'), text: 'Day not finished' },
          { sign: diamond(), text: 'Corrected afterwards' },
          { sign: square('c-none'), text: 'No data' },
        ]}
      />
    </div>
  );
}
