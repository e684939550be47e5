import { until } from '../../dev/journey/until.js';
import { connectOura } from '../../dev/journey/patient-pages.js';
import type { Stage } from '../../dev/journey/stage.js';
import { beginErasure } from '../../src/begin-erasure.js';
import { erasureOfPatient, type Erasure } from '../../src/db/erasures.js';
import { patientReferences } from '../../src/db/patient-references.js';
import type { Sql } from '../../src/db/sql.js';
import type { TestWorld } from '../helpers/test-world.js';
import { agreedPatient } from '../web/stages.js';

/** A patient who agreed, is connected, and whose first data is stored. */
export async function measuredPatient(world: TestWorld): Promise<Stage> {
  const stage = await agreedPatient(world);
  await connectOura(stage);
  await until('there is data', async () => (await stage.observations()) > 0);
  return stage;
}

/** Has a patient erased by the command line, and waits for the end. */
export async function erase(world: TestWorld, patientId: number): Promise<Erasure> {
  await beginErasure(world.app, {
    patientId,
    askedAs: 'command line',
    askedBy: null,
    reason: null,
    receiptHash: null,
  });
  return endOfErasure(world.app.sql, patientId);
}

export function endOfErasure(sql: Sql, patientId: number): Promise<Erasure> {
  return until('the patient is erased', async () => {
    const erasure = await erasureOfPatient(sql, patientId);
    return erasure?.endedAt != null && erasure;
  });
}

/** Tables in which any of these texts stands, in whatever column. */
export async function tablesWith(sql: Sql, texts: readonly string[]): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const patterns = texts.map((text) => `%${text}%`);
    const rows = await sql`select 1 from ${sql(name)} t where t::text ilike any(${patterns}) limit 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** How many rows name this patient, by `table.column`; of everybody else those that remain are the same. */
export async function rowsOf(sql: Sql, patientId: number, userId: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, column, to } of await patientReferences(sql)) {
    const id = to === 'patient' ? patientId : userId;
    const [row] = await sql<{ rows: number }[]>`
      select count(*) as rows from ${sql(table)} where ${sql(column)} = ${id}`;
    if (row !== undefined && row.rows > 0) counts[`${table}.${column}`] = row.rows;
  }
  return counts;
}
