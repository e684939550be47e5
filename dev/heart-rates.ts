import type { Sql } from '../src/db/sql.js';
import { attachDataSource } from '../src/db/studies.js';

const OURA = 70004;

export interface Minutes {
  readonly patient: number;
  readonly study: number;
  /** The first is so many minutes before the day began. */
  readonly from: number;
  readonly to: number;
}

/** Heart rates of the last days, one a minute, as a poll would have stored them. */
export async function storeHeartRates(sql: Sql, { patient, study, from, to }: Minutes): Promise<void> {
  await attachDataSource(sql, study, OURA);
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series)
    select ${patient}, c.id, ${OURA}, date_trunc('day', now()) - make_interval(mins => n), 60 + n % 40, 'heart_rate',
           'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate'
    from generate_series(${from}::integer, ${to}::integer) n
    join codeable_concepts c on c.code = 'omh:heart-rate:2.0'`;
}
