import type { Cursor } from '../db/cursors.js';
import type { Wanted } from './wanted.js';

/** Feeds that are read from the same time on: series in one request, or one endpoint. Times are ISO. */
export interface Leg {
  readonly feeds: readonly string[];
  readonly from: string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** What a silent series missed is looked for this far back at every poll; further back it is reconciled. */
const SILENCE_DAYS = 7;

/**
 * Where to start reading each feed, never before `earliest`. A series that fell silent is read by itself, so that it
 * does not make the others read their past again and again. Starts are full hours: polls of one hour ask for the same
 * pages, and pages that are known are not converted again.
 */
export function planRead(
  cursors: readonly Cursor[],
  { series, endpoints }: Wanted,
  times: { readonly now: number; readonly lookbackMs: number; readonly earliest: number },
): Leg[] {
  const lookback = times.now - times.lookbackMs;
  const startOf = (feed: string) =>
    startOfFeed(
      cursors.find((cursor) => cursor.series === feed),
      times.now,
      lookback,
    );
  const silent = series.filter((name) => startOf(name) < lookback);
  const lively = series.filter((name) => !silent.includes(name));
  const groups = [lively, silent, ...endpoints.map((endpoint) => [endpoint])];
  return groups
    .filter((feeds) => feeds.length > 0)
    .map((feeds) => {
      const start = Math.floor(Math.min(...feeds.map(startOf)) / HOUR_MS) * HOUR_MS;
      return { feeds, from: new Date(Math.max(start, times.earliest)).toISOString() };
    });
}

/**
 * The earliest of the lookback, the end of what was read completely (an outage of ours, of any length), and the newest
 * sample seen (an outage of the wearable).
 */
export function startOfFeed(cursor: Cursor | undefined, now: number, lookback: number): number {
  if (cursor === undefined) return lookback;
  const position = (cursor.position ?? cursor.coveredTo).getTime();
  return Math.min(lookback, cursor.coveredTo.getTime(), Math.max(position, now - SILENCE_DAYS * DAY_MS));
}
