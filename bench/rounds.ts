import { spentOn, type Pids } from './processes.js';

/** A piece of work. What makes it ready and what makes sure that it was done right are not measured. */
export interface Piece {
  readonly ready?: () => Promise<unknown>;
  /** Answers how many units it did. */
  readonly work: () => Promise<number>;
  /** Throws when the work was not done, or not right. */
  readonly check?: () => Promise<unknown>;
}

/** What a piece did in its rounds, in their order. */
export interface Figures {
  readonly median: number;
  /** Units a second, by round. */
  readonly perSecond: readonly number[];
  /** CPU seconds that a unit took, by process; the median of the rounds. */
  readonly cpuOfUnit: Readonly<Record<string, number>>;
}

interface Round {
  readonly perSecond: number;
  readonly cpuOfUnit: Readonly<Record<string, number>>;
}

/**
 * Runs the pieces in turn, round after round, so that a noisy moment hits them all; a first round warms up, unless the
 * work is so long that it warms up by itself.
 */
export async function inRounds(
  pieces: Readonly<Record<string, Piece>>,
  {
    rounds,
    pids,
    isLong = false,
  }: { readonly rounds: number; readonly pids: Pids; readonly isLong?: boolean },
): Promise<Readonly<Record<string, Figures>>> {
  const done = new Map<string, Round[]>(Object.keys(pieces).map((name) => [name, []]));
  for (let round = isLong ? 1 : 0; round <= rounds; round += 1)
    for (const [name, piece] of Object.entries(pieces)) {
      const measured = await measure(piece, pids);
      if (round > 0) done.get(name)?.push(measured);
    }
  return Object.fromEntries([...done].map(([name, all]) => [name, figuresOf(all)]));
}

/** The median of the rounds' ratios: both halves of each were measured in the same moments. */
export function ratioOf(
  figures: Readonly<Record<string, Figures>>,
  piece: string,
  ...limits: readonly string[]
): number {
  return medianOfRounds(figures, piece, limits, (rate, others) => rate / Math.min(...others));
}

/** As `ratioOf`, to the rate of somebody who does all of these for a unit, one after the other. */
export function ratioToSum(
  figures: Readonly<Record<string, Figures>>,
  piece: string,
  ...parts: readonly string[]
): number {
  return medianOfRounds(figures, piece, parts, (rate, others) =>
    others.reduce((sum, other) => sum + rate / other, 0),
  );
}

/** Compares what a piece did in each round with what the others did in that round. */
function medianOfRounds(
  figures: Readonly<Record<string, Figures>>,
  piece: string,
  others: readonly string[],
  compare: (rate: number, others: readonly number[]) => number,
): number {
  const rates = (name: string) => figures[name]?.perSecond ?? [];
  return medianOf(
    rates(piece).map((rate, round) =>
      compare(
        rate,
        others.map((other) => rates(other)[round] ?? NaN),
      ),
    ),
  );
}

/** CPU seconds of a unit, of all processes together. */
export function cpuOf(figures: Figures | undefined): number {
  return Object.values(figures?.cpuOfUnit ?? {}).reduce((sum, seconds) => sum + seconds, 0);
}

export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function measure({ ready, work, check }: Piece, pids: Pids): Promise<Round> {
  await ready?.();
  const { result, cpu } = await spentOn(pids, async () => {
    const began = performance.now();
    const units = await work();
    return { units, seconds: (performance.now() - began) / 1000 };
  });
  await check?.();
  return { perSecond: result.units / result.seconds, cpuOfUnit: ofUnit(cpu, result.units) };
}

/** CPU seconds of one unit, by process. */
export function ofUnit(cpu: Readonly<Record<string, number>>, units: number): Record<string, number> {
  return Object.fromEntries(Object.entries(cpu).map(([name, seconds]) => [name, seconds / units]));
}

function figuresOf(rounds: readonly Round[]): Figures {
  const perSecond = rounds.map((round) => round.perSecond);
  const names = Object.keys(rounds[0]?.cpuOfUnit ?? {});
  return {
    ...{ median: medianOf(perSecond), perSecond },
    cpuOfUnit: Object.fromEntries(
      names.map((name) => [name, medianOf(rounds.map(({ cpuOfUnit }) => cpuOfUnit[name] ?? 0))]),
    ),
  };
}
