/** The drawing of a chart, in its own units: as wide as the page makes it, so high in pixels. */
export const WIDTH = 1000;
export const HEIGHT = 168;

const TOP = 12;
const BOTTOM = 146;
/** How much of its column a day's end of a line reaches to. */
const REACH = 0.4;

export interface Scale {
  /** The middle of a day's column. */
  readonly x: (column: number) => number;
  /** Values outside are drawn at the edge. */
  readonly y: (value: number) => number;
}

/** For so many columns and values from `low` to `high`. */
export function scaleTo(columns: number, low: number, high: number): Scale {
  return {
    x: (column) => round(((column + 0.5) * WIDTH) / columns),
    y: (value) => {
      const clamped = Math.min(high, Math.max(low, value));
      return round(BOTTOM - ((clamped - low) / (high - low)) * (BOTTOM - TOP));
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export interface Mark {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Days that follow each other, oldest first; a gap begins another run. */
export function runsOf(marks: readonly Mark[]): Mark[][] {
  const runs: Mark[][] = [];
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.x === mark.x - 1) run.push(mark);
    else runs.push([mark]);
  }
  return runs;
}

/** A run's corners: its first and last day are drawn a little further, so that a single day can be seen. */
function cornersOf({ x, y }: Scale, run: readonly Mark[], value: (mark: Mark) => number): string[] {
  const [first, last] = [run.at(0), run.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    `${x(first.x - REACH)} ${y(value(first))}`,
    ...run.map((mark) => `${x(mark.x)} ${y(value(mark))}`),
    `${x(last.x + REACH)} ${y(value(last))}`,
  ];
}

/** Through the means of a run. */
export function lineOf(scale: Scale, run: readonly Mark[]): string {
  return `M${cornersOf(scale, run, ({ mean }) => mean).join('L')}`;
}

/** Between the lowest and the highest values of a run. */
export function areaOf(scale: Scale, run: readonly Mark[]): string {
  const above = cornersOf(scale, run, ({ high }) => high);
  const below = cornersOf(scale, run, ({ low }) => low).reverse();
  return `M${[...above, ...below].join('L')}Z`;
}
