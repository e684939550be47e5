import type { Sql } from './sql.js';

export interface Cursor {
  readonly series: string;
  readonly coveredFrom: Date;
  readonly coveredTo: Date;
  /** The newest sample seen, on recorded time; null when none was seen yet. */
  readonly position: Date | null;
}

/** When the newest sample of a patient was measured that Open Wearables has shown; undefined before the first. */
export async function newestSample(sql: Sql, patientId: number): Promise<Date | undefined> {
  const [row] = await sql<{ newest: Date | null }[]>`
    select max(position) as newest from cursors where patient_id = ${patientId}`;
  return row?.newest ?? undefined;
}
