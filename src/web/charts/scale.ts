/** The y axis of a chart: bounds and at most five ticks, all round numbers. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** A scale that holds these values, and this range where it is sensible on its own. */
export function scaleOf(values: readonly number[], sensible?: readonly [number, number]): Scale {
  const [from, to] = sensible ?? [Infinity, -Infinity];
  const least = values.reduce((least, value) => Math.min(least, value), from);
  const most = values.reduce((most, value) => Math.max(most, value), to);
  if (!Number.isFinite(least) || !Number.isFinite(most)) return { low: 0, high: 1, ticks: [0, 1] };
  const step = roundStep((most - least || Math.abs(most) || 1) / 4);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const every = Math.ceil(count / 4);
  const ticks = Array.from(
    { length: Math.floor(count / every) + 1 },
    (_, index) => low + index * every * step,
  );
  return { low, high, ticks };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (STEPS.find((step) => step * power >= rough) ?? 10) * power;
}

/** Where a value lies, in pixels from the top of a plot of this height. */
export function yOf(
  value: number,
  { low, high }: Scale,
  { top, height }: { top: number; height: number },
): number {
  return round(top + height - ((value - low) / (high - low)) * height);
}

/** Where a moment lies, in percent of the span. */
export function xOf(at: Date, { from, to }: { readonly from: Date; readonly to: Date }): number {
  return round((100 * (at.getTime() - from.getTime())) / (to.getTime() - from.getTime()));
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** `8k`, `0.5`, `120` */
export function tickText(value: number): string {
  if (Math.abs(value) >= 1000 && value % 100 === 0) return `${value / 1000}k`;
  return String(round(value));
}
