import { cpuSecondsOf, type Pids } from './processes.js';

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

/** Runs the pieces in turn, round after round, so that a noisy moment hits them all; a first round warms up. */
export async function inRounds(
  pieces: Readonly<Record<string, Piece>>,
  { rounds, pids }: { readonly rounds: number; readonly pids: Pids },
): Promise<Readonly<Record<string, Figures>>> {
  const done = new Map<string, Round[]>(Object.keys(pieces).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1)
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
  const rates = (name: string) => figures[name]?.perSecond ?? [];
  return medianOf(
    rates(piece).map((rate, round) => rate / Math.min(...limits.map((limit) => rates(limit)[round] ?? NaN))),
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
  const before = cpuSeconds(pids);
  const began = performance.now();
  const units = await work();
  const seconds = (performance.now() - began) / 1000;
  const after = cpuSeconds(pids);
  await check?.();
  const cpuOfUnit = Object.fromEntries(
    Object.entries(after).map(([name, spent]) => [name, (spent - (before[name] ?? 0)) / units]),
  );
  return { perSecond: units / seconds, cpuOfUnit };
}

function cpuSeconds(pids: Pids): Record<string, number> {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf(pid)]));
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
