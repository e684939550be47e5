/** What a bench found: rates or times in its unit, ratios to limits of the same run, and what its processes took. */
export interface BenchResult {
  readonly unit: string;
  readonly rates: Readonly<Record<string, Rate>>;
  readonly ratios: Readonly<Record<string, number>>;
  readonly megabytes?: Readonly<Record<string, number>>;
}

interface Rate {
  readonly median: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly perSecond?: readonly number[];
  /** By round, where the figure is a time. */
  readonly milliseconds?: readonly number[];
  /** CPU seconds of a unit, by process. */
  readonly cpuOfUnit?: Readonly<Record<string, number>>;
}

/** A few lines for people. */
export function told(name: string, { unit, rates, ratios, megabytes = {} }: BenchResult): string {
  return [
    `${name}: ${unit}`,
    ...Object.entries(rates).map(([piece, rate]) =>
      line(piece, `${whole(rate.median)}${slowest(rate)}${spread(rate)}${cpu(rate)}`),
    ),
    ...Object.entries(ratios).map(([ratio, value]) => line(ratio, value.toFixed(3))),
    ...Object.entries(megabytes).map(([process, size]) => line(process, `${whole(size)} MB`)),
  ].join('\n');
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const line = (name: string, text: string) => `  ${name.padEnd(40)} ${text}`;

/** `, p95 12, p99 31` */
function slowest({ p95, p99 }: Rate): string {
  return p95 === undefined ? '' : `, p95 ${whole(p95)}${p99 === undefined ? '' : `, p99 ${whole(p99)}`}`;
}

function spread({ perSecond = [], milliseconds = [] }: Rate): string {
  const rounds = [...perSecond, ...milliseconds];
  if (rounds.length === 0) return '';
  return ` (${whole(Math.min(...rounds))} to ${whole(Math.max(...rounds))})`;
}

/** `; CPU: worker 0.12 ms, Postgres 0.08 ms` */
function cpu({ cpuOfUnit = {} }: Rate): string {
  const spent = Object.entries(cpuOfUnit).filter(([, seconds]) => seconds > 0);
  if (spent.length === 0) return '';
  return `; CPU of one: ${spent.map(([name, seconds]) => `${name} ${short(seconds * 1000)} ms`).join(', ')}`;
}

const short = (value: number) => (value < 100 ? value.toPrecision(2) : whole(value));
