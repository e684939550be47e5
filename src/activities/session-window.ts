import type { ReadWindow } from './page-coverage.js';

/** Open Wearables leaves out a session that crosses the window's start; none is longer than this. */
const OVERLAP_MS = 48 * 3_600_000;

/** A session belongs to the day on which it starts, and is shown only by a window that it ends in. */
const NIGHT_MS = 22 * 3_600_000;

/** What is asked for, so that a window shows every session that ends in it. */
export function widened({ from, to }: ReadWindow): ReadWindow {
  return { from: new Date(Date.parse(from) - OVERLAP_MS).toISOString(), to };
}

/** Until when a window that ends at `end` is read, so that it shows every session of its last day. */
export function throughNight(end: number, now: number): number {
  return Math.max(end, Math.min(now, end + NIGHT_MS));
}
