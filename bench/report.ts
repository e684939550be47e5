/** What a bench found: rates or times in its unit, ratios to limits of the same run, and what its processes took. */
export interface BenchResult {
  readonly unit: string;
  readonly rates: Readonly<Record<string, Rate>>;
  readonly ratios: Readonly<Record<string, number>>;
  readonly megabytes?: Readonly<Record<string, number>>;
}

interface Rate {
  readonly median: number;
  readonly perSecond?: readonly number[];
  /** CPU seconds of a unit, by process. */
  readonly cpuOfUnit?: Readonly<Record<string, number>>;
}

/** A few lines for people. */
export function told(name: string, { unit, rates, ratios, megabytes = {} }: BenchResult): string {
  return [
    `${name}: ${unit}`,
    ...Object.entries(rates).map(([piece, rate]) =>
      line(piece, `${whole(rate.median)}${spread(rate)}${cpu(rate)}`),
    ),
    ...Object.entries(ratios).map(([ratio, value]) => line(ratio, value.toFixed(3))),
    ...Object.entries(megabytes).map(([process, size]) => line(process, `${whole(size)} MB`)),
  ].join('\n');
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const line = (name: string, text: string) => `  ${name.padEnd(40)} ${text}`;

function spread({ perSecond = [] }: Rate): string {
  if (perSecond.length === 0) return '';
  return ` (${whole(Math.min(...perSecond))} to ${whole(Math.max(...perSecond))})`;
}

/** `; CPU: worker 0.12 ms, Postgres 0.08 ms` */
function cpu({ cpuOfUnit = {} }: Rate): string {
  const spent = Object.entries(cpuOfUnit).filter(([, seconds]) => seconds > 0);
  if (spent.length === 0) return '';
  return `; CPU of one: ${spent.map(([name, seconds]) => `${name} ${(seconds * 1000).toPrecision(2)} ms`).join(', ')}`;
}
