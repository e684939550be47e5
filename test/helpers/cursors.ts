import type { Cursor } from '../../src/db/cursors.js';
import type { Sql } from '../../src/db/sql.js';

/** How far each series of a patient has been read. */
export async function cursorsOf(sql: Sql, patientId: number): Promise<Cursor[]> {
  return sql<Cursor[]>`
    select series, covered_from as "coveredFrom", covered_to as "coveredTo", position
    from cursors where patient_id = ${patientId} order by series`;
}
