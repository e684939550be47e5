import type { Sql } from './sql.js';

/** A wearable of a patient. */
export interface Wearable {
  readonly patientId: number;
  readonly provider: string;
}

/** The next active connections that a standing consent needs, ordered by patient and provider from after `after`. */
export async function connectionsToHeal(
  sql: Sql,
  after: Wearable | null,
  limit: number,
): Promise<Wearable[]> {
  const { patientId, provider } = after ?? { patientId: 0, provider: '' };
  return sql<Wearable[]>`
    select c.patient_id as "patientId", c.provider
    from connections c join patients p on p.id = c.patient_id
    where c.status = 'active' and p.ow_user_id is not null
      and (c.patient_id, c.provider) > (${patientId}, ${provider})
      and exists (select 1 from covered_intervals v join data_sources d on d.id = v.data_source_id
                  where v.patient_id = c.patient_id and d.provider = c.provider and v.ends_at is null)
    order by c.patient_id, c.provider limit ${limit}`;
}
