import { isOfKind, storedBetween, type CompleteRead } from './coverage.js';
import { only, type Sql } from './sql.js';

/** Since when each data type is known to be shown; null: nothing of it was shown, which alone proves nothing. */
export type ShownSince = Readonly<Record<string, string | null>>;

export interface MissingOutcome {
  /** Absent for the first time, and absent again: these became entered-in-error. */
  readonly missed: number;
  readonly retired: number;
  /** Absent, but perhaps only because Open Wearables no longer keeps data that old. */
  readonly unproven: number;
}

/**
 * Compares a complete read with what is stored of its closed days. An observation that two complete reads do not show
 * is an error; it stays, with that status. Shown again, it counts as never missed. Marks what `since` proves to be
 * absent, or only what it does not prove and the caller knows otherwise: each once a read.
 */
export async function markMissing(
  sql: Sql,
  read: CompleteRead,
  since: ShownSince,
  which: 'proven' | 'unproven',
): Promise<MissingOutcome> {
  const identifiers = read.shown.flatMap(({ identifier }) => identifier ?? []);
  const refused = read.shown.filter(({ identifier, isHeld }) => identifier === null && !isHeld);
  const isOfDays = read.kind === 'summary';
  return only(
    await sql<MissingOutcome[]>`
    with place as (
      select date_trunc('day', clock_timestamp() at time zone time_zone) at time zone time_zone as today,
             date_trunc('day', ${read.from}::timestamptz at time zone time_zone) at time zone time_zone as first_day
      from patients where id = ${read.patientId}
    ), shown as materialized (
      select unnest(${identifiers}::uuid[]) as identifier
    ), stored as materialized (
      -- Totals are shown of whole days: also of the one in which the window begins, and of one that ends with it.
      ${storedBetween(sql, read, isOfDays ? sql`(select first_day from place)` : sql`${read.from}::timestamptz`)}
    ), absent as (
      select o.id, o.missing_since,
             coalesce(o.effective_start > (${JSON.stringify(since)}::text::json ->> o.data_type)::timestamptz, false) as proven
      from place, stored o
      where o.data_type = any(${read.dataTypes as string[]})
        and (coalesce(o.effective_end, o.effective_start) < least(${read.to}::timestamptz, today)
             or (${isOfDays} and o.effective_end = least(${read.to}::timestamptz, today)))
        and o.identifier_system = 'ow:normalized' and o.status <> 'entered-in-error'
        and ${isOfKind(sql, read.kind)}
        -- A hash that is made once: as a join it may be a loop in a loop.
        and o.identifier not in (select identifier from shown)
        -- What was stored before its patient had the copy at Open Wearables deleted is no error for being gone there.
        and not exists (
          select 1 from connection_endings e
          where e.patient_id = o.patient_id and e.provider = o.provider and e.is_purge
            and o.recorded_at <= coalesce(e.ended_at, clock_timestamp()))
        -- A sample that is shown, but unreadable now, is not gone.
        and not exists (
          select 1 from json_to_recordset(${JSON.stringify(refused)}::text::json) as r("dataType" text, at timestamptz)
          where r."dataType" = o.data_type and r.at = o.effective_start)
    ), marked as (
      update observations o
      set missing_since = coalesce(o.missing_since, clock_timestamp()),
          status = case when o.missing_since is null then o.status else 'entered-in-error' end,
          updated_at = case when o.missing_since is null then o.updated_at else clock_timestamp() end
      from absent a
      where o.id = a.id and a.proven = ${which === 'proven'}
      returning o.status
    ), missed as materialized (
      select id, identifier from observations where patient_id = ${read.patientId} and missing_since is not null
    ), back as (
      update observations o set missing_since = null
      from missed m
      where o.id = m.id and m.identifier in (select identifier from shown)
        and o.identifier_system = 'ow:normalized' and o.status <> 'entered-in-error'
    ), forgotten as (
      -- What comes back must be converted again.
      delete from page_fingerprints
      where patient_id = ${read.patientId} and exists (select 1 from marked where status = 'entered-in-error')
    )
    select (select count(*) from marked where status <> 'entered-in-error')::integer as missed,
           (select count(*) from marked where status = 'entered-in-error')::integer as retired,
           (select count(*) from absent where not proven)::integer as unproven`,
  );
}
