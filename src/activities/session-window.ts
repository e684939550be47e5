import type { ReadWindow } from './page-coverage.js';

/** Open Wearables leaves out a session that crosses the window's start; none is longer than this. */
const OVERLAP_MS = 48 * 3_600_000;

/** What is asked for, so that a window shows every session that ends in it. */
export function widened({ from, to }: ReadWindow): ReadWindow {
  return { from: new Date(Date.parse(from) - OVERLAP_MS).toISOString(), to };
}
