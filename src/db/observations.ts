import type { Sql } from './sql.js';

/** A stored observation with what its renderings need; times as UTC text with microseconds. */
export interface ObservationRow {
  readonly id: number;
  readonly patientId: number;
  readonly userId: number;
  readonly dataSourceId: number;
  readonly dataSourceName: string;
  readonly status: 'final' | 'amended' | 'entered-in-error';
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly dataType: string;
  readonly identifierSystem: string;
  readonly identifier: string;
  readonly startUtc: string;
  readonly startOffset: number;
  readonly endUtc: string | null;
  readonly endOffset: number | null;
  readonly value: number | null;
  readonly details: Record<string, unknown> | null;
  readonly datasheet: string | null;
  readonly updatedAt: Date;
}

export interface ObservationSearch {
  readonly patientId: number;
  readonly codes: readonly string[] | null;
  readonly limit: number;
  readonly offset: number;
}

const UTC_TEXT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** Observations of one patient, newest measurement first. */
export async function searchObservations(sql: Sql, search: ObservationSearch): Promise<ObservationRow[]> {
  return sql<ObservationRow[]>`
    select o.id, o.patient_id as "patientId", p.user_id as "userId", o.data_source_id as "dataSourceId",
           d.name as "dataSourceName", o.status, c.system, c.code, c.text as display, o.data_type as "dataType",
           o.identifier_system as "identifierSystem", o.identifier, to_char(o.effective_start, ${UTC_TEXT}) as "startUtc",
           o.start_offset as "startOffset", to_char(o.effective_end, ${UTC_TEXT}) as "endUtc",
           o.end_offset as "endOffset", o.value, o.details, o.datasheet, o.updated_at as "updatedAt"
    from observations o
    join patients p on p.id = o.patient_id
    join codeable_concepts c on c.id = o.concept_id
    join data_sources d on d.id = o.data_source_id
    where o.patient_id = ${search.patientId}
      and (${search.codes === null} or c.code = any(${(search.codes ?? []) as string[]}))
    order by o.effective_start desc, o.id desc
    limit ${search.limit} offset ${search.offset}`;
}

/** How many observations a patient has, of all kinds or of these codes. */
export async function countObservations(
  sql: Sql,
  patientId: number,
  codes: readonly string[] | null,
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from observations o
    where o.patient_id = ${patientId}
      and (${codes === null} or o.concept_id in
           (select id from codeable_concepts where code = any(${(codes ?? []) as string[]})))`;
  return row?.count ?? 0;
}

/** When the patient's newest observation was measured; undefined when there is none. */
export async function newestObservation(sql: Sql, patientId: number): Promise<Date | undefined> {
  const [row] = await sql<{ newest: Date | null }[]>`
    select max(effective_start) as newest from observations where patient_id = ${patientId}`;
  return row?.newest ?? undefined;
}
