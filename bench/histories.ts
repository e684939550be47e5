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

/** Every sample of each of these patients is stored, once and with its value, and nothing else. */
export async function requireHistories(
  sql: Sql,
  patients: number,
  samples: readonly PlacedSample[],
): Promise<void> {
  const placed = samples.map(({ type, timestamp, value }) => ({ type, at: timestamp, value }));
  const { right, stored } = only(
    await sql<{ right: number; stored: number }[]>`
      with placed as materialized (
        select * from json_to_recordset(${JSON.stringify(placed)}::text::json) as p(
          type text, at timestamptz, value double precision)
      )
      select (select count(*) from observations) as stored,
             count(distinct (o.patient_id, o.series, o.effective_start)) as right
      from observations o join placed p on p.type = o.series and p.at = o.effective_start and p.value = o.value`,
  );
  const expected = patients * samples.length;
  if (stored !== expected || right !== expected)
    throw new Error(`${expected} observations were to be stored; ${stored} are there, ${right} right`);
}

export async function observationsIn(sql: Sql): Promise<number> {
  return only(await sql<{ count: number }[]>`select count(*) as count from observations`).count;
}
