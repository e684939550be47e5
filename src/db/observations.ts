import type { Sql } from './sql.js';

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
