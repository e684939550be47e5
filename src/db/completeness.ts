import type { DayFigures, DaySpan } from '../completeness.js';
import { dataTypeOfCode } from '../omh/registry.js';
import type { Sql } from './sql.js';

/** The figures of one day of a patient; the day is the patient's own. */
export interface PatientDay extends DayFigures {
  readonly patientId: number;
  readonly dataType: string;
  /** YYYY-MM-DD */
  readonly day: string;
}

/** The coverage of these patients' last days, today left out; kinds of records of one data type are added up. */
export async function figuresOfDays(
  sql: Sql,
  patientIds: readonly number[],
  days: number,
): Promise<PatientDay[]> {
  return sql<PatientDay[]>`
    select c.patient_id as "patientId", c.data_type as "dataType", c.day::text, sum(c.expected)::integer as expected,
           sum(c.stored)::integer as stored, sum(c.rejected)::integer as rejected, sum(c.late)::integer as late
    from patients p join coverage c on c.patient_id = p.id
    where p.id = any(${patientIds as number[]}::integer[])
      and c.day > (clock_timestamp() at time zone p.time_zone)::date - ${days}::integer
    group by c.patient_id, c.data_type, c.day
    order by c.patient_id, c.data_type, c.day`;
}

/** Which days a patient's standing and former agreements cover, for one kind of data of one study. */
export interface AgreedDays extends DaySpan {
  readonly patientId: number;
  readonly studyId: number;
  readonly code: string;
}

/** The days that the patients agreed to, in studies of these organizations, as the agreements stood on each day. */
export async function agreedDays(
  sql: Sql,
  patientIds: readonly number[],
  organizationIds: readonly number[],
): Promise<AgreedDays[]> {
  return sql<AgreedDays[]>`
    select e.patient_id as "patientId", e.study_id as "studyId", c.code,
           ((e.decided_at - make_interval(days => case when e.agreed_before then 0 else s.history_days end))
             at time zone p.time_zone)::date::text as "from",
           (e.ended_at at time zone p.time_zone)::date::text as "to"
    from (
      select *, lead(decided_at) over same_scope as ended_at,
             coalesce(bool_or(decision = 'agreed') over (same_scope rows between unbounded preceding and 1 preceding),
                      false) as agreed_before
      from consent_events where patient_id = any(${patientIds as number[]}::integer[])
      window same_scope as (partition by patient_id, study_id, concept_id order by id)
    ) e
    join studies s on s.id = e.study_id
    join codeable_concepts c on c.id = e.concept_id
    join patients p on p.id = e.patient_id
    where e.decision = 'agreed' and s.organization_id = any(${organizationIds as number[]})`;
}

export interface ConnectedDays extends DaySpan {
  readonly patientId: number;
}

/** The days on which a wearable of these patients was connected, as far as it is known. */
export async function connectedDays(sql: Sql, patientIds: readonly number[]): Promise<ConnectedDays[]> {
  return sql<ConnectedDays[]>`
    select c.patient_id as "patientId", (coalesce(c.connected_at, c.checked_at) at time zone p.time_zone)::date::text as "from",
           case when c.status <> 'active' then (c.checked_at at time zone p.time_zone)::date::text end as "to"
    from connections c join patients p on p.id = c.patient_id
    where c.patient_id = any(${patientIds as number[]}::integer[])`;
}

/** Each patient's own last days, the newest last, today included. */
export async function lastDays(
  sql: Sql,
  patientIds: readonly number[],
  days: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await sql<{ patientId: number; days: string[] }[]>`
    select id as "patientId", array(
             select ((clock_timestamp() at time zone time_zone)::date - n)::text
             from generate_series(${days}::integer - 1, 0, -1) n) as days
    from patients where id = any(${patientIds as number[]}::integer[])`;
  return new Map(rows.map((row) => [row.patientId, row.days]));
}

/** The data type that a code comes with; a code that has none of its own stands for itself. */
export function dataTypeNameOf(code: string): string {
  return dataTypeOfCode(code)?.name ?? code;
}
