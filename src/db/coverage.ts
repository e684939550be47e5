import type { PendingQuery, Row } from 'postgres';
import { dataTypeNamed, isDataTypeName } from '../omh/registry.js';
import type { Sql } from './sql.js';

/** One measurement or refusal of a complete read; `at` is when it begins, in UTC. */
export interface ShownReading {
  readonly dataType: string;
  readonly at: string;
  readonly rows: number;
  /** Null for a refusal, and for what is held. */
  readonly identifier: string | null;
  /** Half a blood pressure whose partner has not come. */
  readonly isHeld: boolean;
}

/** What a read shows: samples of series, sessions, or totals of days. */
export type RecordKind = 'sample' | 'sleep' | 'workout' | 'summary';

const SERIES_OF_KIND = { sleep: ['sleep'], workout: ['workout'], summary: ['summary', 'sleep_summary'] };
const NO_SAMPLES = Object.values(SERIES_OF_KIND).flat();

/** The concepts of data types: what the index of observations begins with. */
export function conceptsOf(sql: Sql, dataTypes: readonly string[]) {
  const codes = dataTypes.filter(isDataTypeName).map((name) => dataTypeNamed(name).coding.code);
  return sql`array(select id from codeable_concepts where code = any(${codes}))`;
}

/** Whether an observation `o` is of a kind; its series tells. */
export function isOfKind(sql: Sql, kind: RecordKind) {
  return kind === 'sample'
    ? sql`o.series <> all(${NO_SAMPLES})`
    : sql`o.series = any(${SERIES_OF_KIND[kind]})`;
}

/** A span that was read completely for these data types, with everything that it showed. */
export interface CompleteRead {
  readonly patientId: number;
  readonly kind: RecordKind;
  readonly dataTypes: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly shown: readonly ShownReading[];
}

/** What one day of one data type holds, compared with what Open Wearables showed; the day is the patient's own. */
export interface DayCoverage {
  readonly dataType: string;
  readonly kind: RecordKind;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly shown: number;
  readonly expected: number;
  readonly stored: number;
  readonly rejected: number;
  readonly checkedAt: Date;
}

/**
 * The observations of a read's data types that begin from a time on until its end, in the order of the index by time:
 * it is read even where the planner knows nothing of the table yet, so that what is looked at grows with the span, never
 * with the history of the patient.
 */
export function storedBetween(
  sql: Sql,
  { patientId, dataTypes, to }: CompleteRead,
  from: PendingQuery<Row[]>,
): PendingQuery<Row[]> {
  return sql`
      select o.*
      from unnest(${conceptsOf(sql, dataTypes)}) as c(id)
      cross join lateral (
        select * from observations
        where patient_id = ${patientId} and concept_id = c.id
          and effective_start >= ${from} and effective_start <= ${to}::timestamptz
        order by effective_start desc, id desc
      ) o`;
}

/** Remembers, for each day of the patient that lies wholly in the span and is over, what was shown and what is stored. */
export async function saveCoverage(sql: Sql, read: CompleteRead): Promise<void> {
  await sql`
    with place as (
      select time_zone as zone, least(${read.to}::timestamptz, clock_timestamp()) as until
      from patients where id = ${read.patientId}
    ), days as (
      select d::date as day
      from place, generate_series((${read.from}::timestamptz at time zone zone)::date::timestamp,
                                  (until at time zone zone)::date::timestamp, interval '1 day') d
      where d at time zone zone >= ${read.from}::timestamptz and (d + interval '1 day') at time zone zone <= until
    ), shown as (
      select r."dataType" as data_type, (r.at at time zone zone)::date as day, sum(r.rows) as shown,
             count(*) filter (where not r."isHeld") as expected,
             count(*) filter (where r.identifier is null and not r."isHeld") as rejected
      from place, json_to_recordset(${JSON.stringify(read.shown)}::text::json) as r(
        "dataType" text, at timestamptz, rows integer, identifier uuid, "isHeld" boolean)
      group by 1, 2
    ), stored as materialized (
      ${storedBetween(sql, read, sql`${read.from}::timestamptz`)}
    ), ours as (
      select o.data_type, (o.effective_start at time zone zone)::date as day, count(*) as stored
      from place, stored o
      where o.data_type = any(${read.dataTypes as string[]})
        and coalesce(o.effective_end, o.effective_start) <= ${read.to}::timestamptz
        and o.identifier_system = 'ow:normalized' and o.status <> 'entered-in-error'
        and ${isOfKind(sql, read.kind)}
      group by 1, 2
    )
    insert into coverage as c (patient_id, data_type, kind, day, shown, expected, stored, rejected)
    select ${read.patientId}, t.data_type, ${read.kind}, d.day, coalesce(s.shown, 0), coalesce(s.expected, 0), coalesce(o.stored, 0),
           coalesce(s.rejected, 0)
    from days d
    cross join unnest(${read.dataTypes as string[]}::text[]) as t(data_type)
    left join shown s on s.data_type = t.data_type and s.day = d.day
    left join ours o on o.data_type = t.data_type and o.day = d.day
    order by 2, 4
    on conflict (patient_id, data_type, kind, day) do update
    set shown = excluded.shown, expected = excluded.expected, stored = excluded.stored, rejected = excluded.rejected,
        checked_at = clock_timestamp()`;
}

/** The coverage of a patient's days from `from` to `to` (YYYY-MM-DD, both inclusive), by data type, kind and day. */
export async function coverageOfDays(
  sql: Sql,
  patientId: number,
  from: string,
  to: string,
): Promise<DayCoverage[]> {
  return sql<DayCoverage[]>`
    select data_type as "dataType", kind, day::text, shown, expected, stored, rejected, checked_at as "checkedAt"
    from coverage
    where patient_id = ${patientId} and day between ${from} and ${to}
    order by data_type, kind, day`;
}
