import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What a process held at a moment. */
export interface Held {
  /** Milliseconds since the watch began. */
  readonly at: number;
  readonly megabytes: number;
  readonly descriptors: number;
}

/** A process that lived from the begin to the end. */
export interface ProcessFigures {
  readonly name: string;
  readonly megabytesFirst: number;
  readonly megabytesLast: number;
  /** The highest of the last third less the highest of the second. */
  readonly megabytesGrown: number;
  /** Of the straight line through the last two thirds. */
  readonly megabytesAnHour: number;
  readonly descriptorsFirst: number;
  readonly descriptorsLast: number;
}

export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

const EVERY_MS = 5_000;

/** Looks at processes every few seconds until it is told to stop; what ended meanwhile is left out. */
export async function watchProcesses(
  processes: Readonly<Record<string, number>>,
  signal: AbortSignal,
): Promise<ProcessFigures[]> {
  const began = performance.now();
  const seen = new Map<string, Held[]>();
  while (!signal.aborted) {
    for (const [name, pid] of Object.entries(processes)) {
      const held = await look(pid, performance.now() - began);
      if (held !== undefined) seen.set(name, [...(seen.get(name) ?? []), held]);
    }
    await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return [...seen].flatMap(([name, all]) => figuresOf(name, all) ?? []);
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? NaN };
}

/** As Linux tells it. */
async function look(pid: number, at: number): Promise<Held | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
    const descriptors = (await readdir(`/proc/${pid}/fd`)).length;
    return { at, megabytes: kilobytes / 1024, descriptors };
  } catch {
    return undefined;
  }
}

function figuresOf(name: string, all: readonly Held[]): ProcessFigures | undefined {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const third = Math.ceil(all.length / 3);
  const highest = (some: readonly Held[]) => Math.max(...some.map(({ megabytes }) => megabytes));
  return {
    name,
    megabytesFirst: first.megabytes,
    megabytesLast: last.megabytes,
    megabytesGrown: highest(all.slice(2 * third)) - highest(all.slice(third, 2 * third)),
    megabytesAnHour: slopeOf(all.slice(third)) * 3_600_000,
    descriptorsFirst: first.descriptors,
    descriptorsLast: last.descriptors,
  };
}

/** Least squares: megabytes a millisecond. */
function slopeOf(all: readonly Held[]): number {
  const mean = (of: (held: Held) => number) => all.reduce((sum, held) => sum + of(held), 0) / all.length;
  const [time, size] = [mean(({ at }) => at), mean(({ megabytes }) => megabytes)];
  const above = all.reduce((sum, { at, megabytes }) => sum + (at - time) * (megabytes - size), 0);
  return above / all.reduce((sum, { at }) => sum + (at - time) ** 2, 0);
}
