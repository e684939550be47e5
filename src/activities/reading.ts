import type { ReadWindow } from './page-coverage.js';

const DAY_MS = 86_400_000;
/** The upstream counts every row of a window on every page, so long windows are dear. */
const WINDOW_DAYS = 7;
/** A week of days that are over, and the one that has begun. */
const DAYS_A_WINDOW = WINDOW_DAYS + 1;

/** Splits a span into windows of at most seven days, oldest first. No end is exactly midnight. */
export function readWindows(from: string, to: string): ReadWindow[] {
  const windows: ReadWindow[] = [];
  const end = Date.parse(to);
  for (let start = Date.parse(from); start < end; start += WINDOW_DAYS * DAY_MS) {
    const stop = Math.min(end, start + WINDOW_DAYS * DAY_MS);
    windows.push({ from: new Date(start).toISOString(), to: notMidnight(stop) });
  }
  return windows;
}

/**
 * Splits a span at midnights of the patient, oldest first: so that each day that is over lies in one window wholly, and
 * reading it is complete.
 */
export function dayWindows({ from, to }: ReadWindow, midnights: readonly Date[]): ReadWindow[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const inside = midnights.map((midnight) => midnight.getTime()).filter((at) => at > start && at < end);
  const begins = [start, ...inside].filter((_, index) => index % DAYS_A_WINDOW === 0);
  return begins.map((begin, index) => ({
    from: new Date(begin).toISOString(),
    to: notMidnight(begins[index + 1] ?? end),
  }));
}

/** An end at 00:00:00 exactly makes Open Wearables add a day; one microsecond later it does not, and leaves no gap. */
export function notMidnight(time: number): string {
  const iso = new Date(time).toISOString();
  return time % DAY_MS === 0 ? iso.replace('.000Z', '.000001Z') : iso;
}
