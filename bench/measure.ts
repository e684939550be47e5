/** What one measured piece of work did in each of its runs. */
export interface Measured {
  readonly name: string;
  /** Units of work a second, by run, slowest first. */
  readonly perSecond: readonly number[];
  readonly median: number;
}

/** Runs the pieces in turn, round after round, so that a noisy moment hits them all; the first round warms up. */
export function measureInTurn(
  pieces: Readonly<Record<string, () => number>>,
  rounds: number,
): ReadonlyMap<string, Measured> {
  const rates = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, work] of Object.entries(pieces)) {
      const began = process.cpuUsage();
      const units = work();
      const { user, system } = process.cpuUsage(began);
      if (round > 0) rates.set(name, [...(rates.get(name) ?? []), units / ((user + system) / 1e6)]);
    }
  }
  return new Map([...rates].map(([name, perSecond]) => [name, measured(name, perSecond)]));
}

function measured(name: string, rates: readonly number[]): Measured {
  const perSecond = [...rates].sort((a, b) => a - b);
  return { name, perSecond, median: perSecond[Math.floor(perSecond.length / 2)] ?? 0 };
}

export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = [...milliseconds].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99) };
}
