import type { Child, PropsWithChildren } from 'hono/jsx';
import { type Scale, tickText, yOf } from './scale.js';

/** The plot's place in a chart of 220 px: room for labels below. */
export const PLOT = { top: 12, height: 182, bottom: 194, total: 220 } as const;

interface ChartProps {
  /** Unique on the page. */
  readonly id: string;
  /** What it shows, of when; read out in place of the picture. */
  readonly title: string;
  /** Range, extremes and gaps in words. */
  readonly description: string;
  readonly scale: Scale;
  readonly tick?: (value: number) => string;
  /** Labels below: at so many percent. */
  readonly labels: readonly { readonly x: number; readonly text: string }[];
}

/** A chart that grows with its card: y labels in a fixed column, x in percent. */
export function Chart(props: PropsWithChildren<ChartProps>) {
  const { id, title, description, scale, tick = tickText, labels, children } = props;
  return (
    <div class="wx-chart">
      <svg class="wx-y" height={PLOT.total} aria-hidden="true">
        {scale.ticks.map((value) => (
          <text x="0" y={yOf(value, scale, PLOT) + 4}>
            {tick(value)}
          </text>
        ))}
      </svg>
      <svg width="100%" height={PLOT.total} role="img" aria-labelledby={`${id}-t ${id}-d`}>
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{description}</desc>
        <defs>
          <pattern
            id={`${id}-gap`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line class="c-gapline" x1="0" x2="0" y1="0" y2="6" />
          </pattern>
        </defs>
        {scale.ticks.map((value, index) => (
          <line
            class={index === 0 ? 'g g0' : 'g'}
            x1="0"
            x2="100%"
            y1={yOf(value, scale, PLOT)}
            y2={yOf(value, scale, PLOT)}
          />
        ))}
        {children}
        {labels.map(({ x, text }, index) => (
          <text
            class={isSpare(labels.length, index) ? 'wx-hide-s' : undefined}
            x={`${x}%`}
            y={PLOT.total - 4}
            text-anchor={x < 4 ? 'start' : x > 96 ? 'end' : 'middle'}
          >
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** Every other of many labels, counted from the newest: a phone has no room for it. */
function isSpare(count: number, index: number): boolean {
  return count > 5 && (count - 1 - index) % 2 === 1;
}

/** A part of the chart in which nothing was measured. */
export function Gap({
  chart,
  x,
  width,
}: {
  readonly chart: string;
  readonly x: number;
  readonly width: number;
}) {
  return (
    <>
      <rect fill={`url(#${chart}-gap)`} x={`${x}%`} width={`${width}%`} y={PLOT.top} height={PLOT.height} />
      {width < 9 ? null : (
        <>
          <svg x={`${x + width / 2}%`} y="96" overflow="visible">
            <rect class="c-pill" x="-31" y="-11" width="62" height="22" rx="4" />
            <text class="c-note" x="0" y="4" text-anchor="middle">
              No data
            </text>
          </svg>
        </>
      )}
    </>
  );
}

/** A point that was corrected after it had been stored. */
export function CorrectedMark({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <svg x={`${x}%`} y={y} overflow="visible">
      <path class="c-mark" d="M0-5 5 0 0 5-5 0z" />
    </svg>
  );
}

interface LegendProps {
  readonly entries: readonly { readonly sign: Child; readonly text: string }[];
}

/** What the marks of a chart mean. */
export function Legend({ entries }: LegendProps) {
  return (
    <ul class="wx-legend">
      {entries.map(({ sign, text }) => (
        <li>
          <svg aria-hidden="true" viewBox="0 0 16 12">
            {sign}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

/** A coloured square of a legend. */
export const square = (className: string) => (
  <rect class={className} x=".75" y=".75" width="14.5" height="10.5" rx="2" />
);
export const diamond = () => <path class="c-mark" d="M8 .5 13.5 6 8 11.5 2.5 6z" />;
