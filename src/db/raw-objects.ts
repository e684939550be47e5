import type { PageCounts } from '../events.js';
import { only, type Sql } from './sql.js';

/** An object whose reading ended, under consents that `reach` stands for. */
export interface KnownRawObject {
  readonly key: string;
  readonly etag: string;
  readonly reach: Buffer;
}

/** One version of an object, and how far its reading has come. */
export interface RawObjectRecord extends KnownRawObject {
  readonly patientId: number;
  /** The UTC day of its folder. */
  readonly day: string;
  readonly fetchedAt: string;
  readonly endpoint: string | null;
  readonly status: 'reading' | 'processed' | 'failed';
  readonly reason: string | null;
  readonly counts: PageCounts;
}

/** The objects of a day that need not be read again as long as tag and reach stay the same. */
export async function knownRawObjects(sql: Sql, patientId: number, day: string): Promise<KnownRawObject[]> {
  return sql<KnownRawObject[]>`
    select key, etag, reach from raw_objects
    where patient_id = ${patientId} and day = ${day} and status <> 'reading'`;
}

/** The newest day that was read under these consents, wholly or in part, with all days before it. */
export async function newestRawDay(sql: Sql, patientId: number, reach: Buffer): Promise<string | null> {
  const { day } = only(
    await sql<{ day: string | null }[]>`
    select greatest(
      (select max(day) from raw_objects
       where patient_id = ${patientId} and reach = ${reach} and status <> 'reading'),
      (select through from raw_listings where patient_id = ${patientId} and reach = ${reach}))::text as day`,
  );
  return day;
}

/** Remembers that every day up to this one was read under these consents. */
export async function saveRawListing(
  sql: Sql,
  patientId: number,
  reach: Buffer,
  through: string,
): Promise<void> {
  await sql`
    insert into raw_listings as l (patient_id, reach, through) values (${patientId}, ${reach}, ${through})
    on conflict (patient_id) do update set reach = excluded.reach, through = excluded.through
    where (l.reach, l.through) is distinct from (excluded.reach, excluded.through)`;
}

/** Remembers an object as it stands now; answers its id, which stays the same for its key. */
export async function saveRawObject(sql: Sql, object: RawObjectRecord): Promise<number> {
  const { patientId, key, etag, day, fetchedAt, endpoint, reach, status, reason, counts } = object;
  const { seen, created, amended, unchanged, rejected, withheld } = counts;
  const { id } = only(
    await sql<{ id: number }[]>`
    insert into raw_objects as o (
      patient_id, key, etag, day, fetched_at, endpoint, reach, status, reason,
      seen, created, amended, unchanged, rejected, withheld)
    values (
      ${patientId}, ${key}, ${etag}, ${day}, ${fetchedAt}, ${endpoint}, ${reach}, ${status}, ${reason},
      ${seen}, ${created}, ${amended}, ${unchanged}, ${rejected}, ${withheld})
    on conflict (patient_id, key) do update
    set etag = excluded.etag, fetched_at = excluded.fetched_at, endpoint = excluded.endpoint, reach = excluded.reach,
        status = excluded.status, reason = excluded.reason, seen = excluded.seen, created = excluded.created,
        amended = excluded.amended, unchanged = excluded.unchanged, rejected = excluded.rejected,
        withheld = excluded.withheld, processed_at = clock_timestamp()
    returning id`,
  );
  return id;
}
