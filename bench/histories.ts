import type { PlacedSample } from '../dev/open-wearables/control.js';
import { only, type Sql } from '../src/db/sql.js';
import { RHYTHM } from './patients.js';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** As a ring measures, from the begin of the span on. */
export function samplesOf({ from, to }: Span): PlacedSample[] {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  return Object.entries(RHYTHM).flatMap(([type, minutes]) =>
    Array.from({ length: Math.ceil((end - begin) / (minutes * MINUTE_MS)) }, (_, index) => ({
      ...{ type, timestamp: new Date(begin + index * minutes * MINUTE_MS), value: 12 + (index % 80) },
    })),
  );
}

/** Nothing was ever read. */
export async function forget(sql: Sql): Promise<void> {
  await sql`truncate observations, cursors, coverage, page_fingerprints, backfill_requests cascade`;
}

export async function observationsIn(sql: Sql): Promise<number> {
  return only(await sql<{ count: number }[]>`select count(*) as count from observations`).count;
}
