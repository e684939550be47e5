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

/** When the newest observation of each of the patient's wearables was measured. */
export async function newestByProvider(sql: Sql, patientId: number): Promise<Map<string, Date>> {
  const rows = await sql<{ provider: string; newest: Date }[]>`
    select c.provider, max(n.newest) as newest
    from connections c cross join codeable_concepts k cross join lateral (
      select o.effective_start as newest from observations o
      where o.patient_id = c.patient_id and o.concept_id = k.id and o.provider = c.provider
      order by o.effective_start desc limit 1) n
    where c.patient_id = ${patientId} group by c.provider`;
  return new Map(rows.map(({ provider, newest }) => [provider, newest]));
}
