import { randomUUID } from 'node:crypto';
import { only, type Sql } from '../../src/db/sql.js';
import { HEART_RATE_CONCEPT, OURA } from './connected-patient.js';

/** An observation as an earlier read may have left it; what is given replaces the usual. */
export interface Stored {
  readonly patientId: number;
  readonly at: Date;
  readonly until?: Date;
  readonly conceptId?: number;
  readonly dataSourceId?: number;
  readonly dataType?: string;
  readonly status?: string;
}

/** Puts an observation where no consent is looked at; answers its id. */
export async function putObservation(sql: Sql, stored: Stored): Promise<number> {
  const { patientId, at, until = null, status = 'final' } = stored;
  const {
    conceptId = HEART_RATE_CONCEPT,
    dataSourceId = OURA.dataSourceId,
    dataType = 'heart_rate',
  } = stored;
  const rows = await sql<{ id: number }[]>`
    insert into observations (patient_id, concept_id, data_source_id, status, effective_start, effective_end, value,
                              data_type, identifier_system, identifier, provider, series)
    values (${patientId}, ${conceptId}, ${dataSourceId}, ${status}, ${at}, ${until}, 60, ${dataType}, 'ow:normalized',
            ${randomUUID()}, 'oura', 'heart_rate')
    returning id`;
  return only(rows).id;
}
