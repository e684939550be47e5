import type { Sql } from '../../../src/db/sql.js';
import { keyOf } from './shown.js';

export interface StoredReading {
  readonly value: string;
  /** False: entered in error. */
  readonly isCurrent: boolean;
  readonly code: string;
  readonly start: number;
  readonly end: number | null;
}

interface Row {
  readonly dataType: string;
  readonly series: string;
  readonly provider: string;
  readonly start: Date;
  readonly end: Date | null;
  readonly status: string;
  readonly code: string;
  readonly figure: number | null;
  readonly other: number | null;
}

/** What is stored of a patient, by the model's keys; fails when one key is stored twice. */
export async function storedOf(sql: Sql, patientId: number): Promise<ReadonlyMap<string, StoredReading>> {
  const rows = await sql<Row[]>`
    select o.data_type as "dataType", o.series, o.provider, o.effective_start as start, o.effective_end as end,
           o.status, c.code,
           coalesce(o.value, (details -> 'systolic_blood_pressure' ->> 'value')::float,
                    (details -> 'total_sleep_time' ->> 'value')::float,
                    (details -> 'base_movement_quantity' ->> 'value')::float,
                    (details -> 'distance' ->> 'value')::float) as figure,
           (details -> 'diastolic_blood_pressure' ->> 'value')::float as other
    from observations o join codeable_concepts c on c.id = o.concept_id
    where o.patient_id = ${patientId}`;
  const stored = new Map<string, StoredReading>();
  for (const row of rows) {
    const key = keyOf(row.dataType, row.series, row.provider, row.start.getTime());
    if (stored.has(key)) throw new Error(`stored twice: ${key}`);
    const [start, end] = [row.start.getTime(), row.end?.getTime() ?? null];
    stored.set(key, {
      ...{ value: valueOf(row), isCurrent: row.status !== 'entered-in-error', code: row.code, start, end },
    });
  }
  return stored;
}

function valueOf({ dataType, end, figure, other }: Row): string {
  if (other !== null) return `${figure}/${other}`;
  if (end === null) return String(figure);
  const until = end.getTime();
  return dataType === 'sleep_stage_summary' ? `${until}` : `${until} ${figure}`;
}
