import type { Sql } from './sql.js';

export interface Cursor {
  readonly series: string;
  readonly coveredFrom: Date;
  readonly coveredTo: Date;
  /** The newest sample seen, on recorded time; null when none was seen yet. */
  readonly position: Date | null;
}

/** How far each series of a patient has been read. */
export async function cursorsOf(sql: Sql, patientId: number): Promise<Cursor[]> {
  return sql<Cursor[]>`
    select series, covered_from as "coveredFrom", covered_to as "coveredTo", position
    from cursors where patient_id = ${patientId} order by series`;
}
