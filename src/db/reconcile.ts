import { conceptsOf } from './coverage.js';
import type { RecordKind } from './coverage.js';
import { only, type Sql } from './sql.js';

/** Patients by id from after `afterId`; with `patientId` only this one. */
export interface ReconcileRange {
  readonly afterId: number;
  readonly patientId: number | null;
  readonly limit: number;
}

/** The next patients with an account at Open Wearables, a standing consent, and a connected wearable that it covers. */
export async function patientsToReconcile(sql: Sql, range: ReconcileRange): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select p.id from patients p
    where p.id > ${range.afterId} and ${isComparable(sql, range.patientId)}
    order by p.id limit ${range.limit}`;
  return rows.map(({ id }) => id);
}

/** How many patients `patientsToReconcile` answers in all. */
export async function countToReconcile(sql: Sql, patientId: number | null): Promise<number> {
  const { count } = only(
    await sql<{ count: number }[]>`
      select count(*) from patients p where ${isComparable(sql, patientId)}`,
  );
  return count;
}

function isComparable(sql: Sql, patientId: number | null) {
  return sql`
    p.ow_user_id is not null and (${patientId}::integer is null or p.id = ${patientId})
      and exists (
        select 1 from connections c
        join data_sources d on d.provider = c.provider
        join covered_intervals v on v.patient_id = c.patient_id and v.data_source_id = d.id and v.ends_at is null
        where c.patient_id = p.id and c.status = 'active')`;
}

/** A day of the patient that is over. */
export interface ClosedDay {
  /** YYYY-MM-DD */
  readonly day: string;
  /** When it begins, or what is read of it; and when the next one begins. */
  readonly from: Date;
  readonly to: Date;
  /** Whether all of it may be read. */
  readonly isWhole: boolean;
}

/** Of the last `days` closed days of the patient those that end after `earliest`, oldest first. */
export async function closedDays(
  sql: Sql,
  patientId: number,
  days: number,
  earliest: Date,
): Promise<ClosedDay[]> {
  return sql<ClosedDay[]>`
    with place as (
      select time_zone as zone, (clock_timestamp() at time zone time_zone)::date as today
      from patients where id = ${patientId}
    )
    select d::date as day, greatest(d at time zone zone, ${earliest}) as "from",
           (d + interval '1 day') at time zone zone as "to", d at time zone zone >= ${earliest} as "isWhole"
    from place, generate_series((today - ${days}::integer)::timestamp, (today - 1)::timestamp, interval '1 day') d
    where (d + interval '1 day') at time zone zone > ${earliest}
    order by d`;
}

/** The midnights of the patient before `to`: the last one up to `from`, and all after it. */
export async function midnightsOf(sql: Sql, patientId: number, from: string, to: string): Promise<Date[]> {
  const rows = await sql<{ at: Date }[]>`
    select d at time zone time_zone as at
    from patients, generate_series(date_trunc('day', ${from}::timestamptz at time zone time_zone),
                                   ${to}::timestamptz at time zone time_zone, interval '1 day') d
    where id = ${patientId} and d at time zone time_zone < ${to}::timestamptz
    order by d`;
  return rows.map(({ at }) => at);
}

/** A day on which observations of a data type are not shown any more. */
export interface MissedDay {
  readonly dataType: string;
  readonly kind: RecordKind;
  readonly day: string;
}

/** The days from `from` on with observations that a complete read before `before` did not show, by data type and kind. */
export async function missedDays(
  sql: Sql,
  patientId: number,
  dataTypes: readonly string[],
  from: Date,
  before: string,
): Promise<MissedDay[]> {
  return sql<MissedDay[]>`
    select distinct o.data_type as "dataType", (o.effective_start at time zone p.time_zone)::date as day,
           case o.series when 'sleep' then 'sleep' when 'workout' then 'workout' else 'sample' end as kind
    from observations o join patients p on p.id = o.patient_id
    where o.patient_id = ${patientId} and o.concept_id = any(${conceptsOf(sql, dataTypes)})
      and o.data_type = any(${dataTypes as string[]}) and o.effective_start >= ${from}
      and o.series not in ('summary', 'sleep_summary')
      and o.identifier_system = 'ow:normalized' and o.missing_since < ${before}::timestamptz and o.status <> 'entered-in-error'`;
}

/** The clock that observations are stamped with. */
export async function databaseTime(sql: Sql): Promise<string> {
  return only(await sql<{ time: string }[]>`select clock_timestamp()::text as time`).time;
}

/** The days of the patient between two instants of which an observation was written since a time of the database. */
export async function daysWritten(
  sql: Sql,
  patientId: number,
  dataTypes: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
  since: string,
): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`
    select distinct (o.effective_start at time zone p.time_zone)::date as day
    from observations o join patients p on p.id = o.patient_id
    where o.patient_id = ${patientId} and o.concept_id = any(${conceptsOf(sql, dataTypes)})
      and o.effective_start >= ${from}::timestamptz and o.effective_start < ${to}::timestamptz
      and o.identifier_system = 'ow:normalized' and o.updated_at >= ${since}::timestamptz
    order by day`;
  return rows.map(({ day }) => day);
}
