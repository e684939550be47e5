import type { Sql } from './sql.js';

/** The last days, counted back from today in the patient's zone, of which each wearable has brought something. */
export async function daysWithData(
  sql: Sql,
  { patientId, zone, days }: { patientId: number; zone: string; days: number },
): Promise<Map<string, ReadonlySet<number>>> {
  const rows = await sql<{ provider: string; daysAgo: number[] }[]>`
    with place as (select (now() at time zone ${zone})::date as today)
    select o.provider, array_agg(distinct today - (o.effective_start at time zone ${zone})::date) as "daysAgo"
    from place, observations o
    where o.patient_id = ${patientId} and o.concept_id = any(array(select id from codeable_concepts))
      and o.effective_start >= (today - ${days - 1}::integer)::timestamp at time zone ${zone}
      and o.status <> 'entered-in-error'
    group by o.provider`;
  return new Map(rows.map(({ provider, daysAgo }) => [provider, new Set(daysAgo)]));
}
