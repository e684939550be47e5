import { setTimeout as pause } from 'node:timers/promises';
import type { Output } from './output.js';

/** Where progress is shown; a terminal knows its columns. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How far long work is. */
export interface Step {
  readonly done: number;
  readonly total: number;
  readonly words: string;
}

const WIDTH = 20;
const EVERY_MS = 500;

/** `[#####...............]` */
export function bar(share: number): string {
  const full = Math.round(WIDTH * Math.min(1, Math.max(0, share)));
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`;
}

/** A single line of a terminal, written again and again. */
export function onOneLine(screen: Screen): (text: string) => void {
  return (text) => {
    screen.write(`\r\x1b[2K${text.slice(0, (screen.columns ?? 80) - 1)}`);
  };
}

/**
 * Waits for work; on a terminal it shows meanwhile how far that is, with rate and the time that is left. The line is gone
 * when the work has ended: what it came to is told by its result.
 */
export async function watched<Result>(
  work: Promise<Result>,
  look: () => Promise<Step | undefined>,
  output: Output,
  screen: Screen = process.stdout,
): Promise<Result> {
  if (output.json || screen.isTTY !== true) return work;
  const show = onOneLine(screen);
  const words = paced(Date.now);
  const ended = work.then(
    () => true,
    () => true,
  );
  do {
    // Nobody answers yet: the work waits for a worker, or for its own plan.
    const step = await look().catch(() => undefined);
    show(step === undefined ? 'begins' : words(step));
  } while (!(await Promise.race([ended, pause(EVERY_MS, false)])));
  show('');
  return work;
}

/** `[########............] 412 of 1000 patients, 3 failed, 38/s, 15 s left`; the pace is that since the first look. */
export function paced(now: () => number): (step: Step) => string {
  let first: { readonly at: number; readonly done: number } | undefined;
  return ({ done, total, words }) => {
    const at = now();
    first ??= { at, done };
    const rate = at > first.at ? ((done - first.done) * 1000) / (at - first.at) : 0;
    const pace =
      rate === 0 ? [] : [`${Number(rate.toPrecision(2))}/s`, `${leftOf((total - done) / rate)} left`];
    return [`${bar(total === 0 ? 0 : done / total)} ${done} of ${total} ${words}`, ...pace].join(', ');
  };
}

/** `45 s`, `12 min`, `3 h` */
function leftOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
