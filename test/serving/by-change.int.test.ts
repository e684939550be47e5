import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { readObservations, type ReadOrder } from '../../src/db/readable-observations.js';
import type { Reader } from '../../src/db/readers.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import { decide, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { hoursAgo } from '../helpers/samples.js';

const ROWS = 150_000;
const researcher: Reader = { kind: 'practitioner', organizationIds: [STUDY.organizationId] };

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
  const { sql } = database;
  await attachDataSource(sql, STUDY.studyId, OURA.dataSourceId);
  const [patient] = await ensureDemoPatients(sql, { ...STUDY, count: 1 });
  await decide(sql, patient?.id ?? 0, 'agreed', { at: hoursAgo(1) });
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series, updated_at)
    select ${patient?.id ?? 0}, 50004, ${OURA.dataSourceId}, ${hoursAgo(2)}::timestamptz - nth * interval '1 minute', 60,
           'heart_rate', 'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate',
           ${hoursAgo(2)}::timestamptz - (nth * 7919 % ${ROWS}) * interval '1 second'
    from generate_series(1, ${ROWS}) as nth`;
  await sql`vacuum analyze observations`;
});
afterAll(async () => {
  await database.drop();
});

/** The fastest of some reads of a page. */
async function fastest(order: ReadOrder): Promise<number> {
  const times: number[] = [];
  for (let nth = 0; nth < 9; nth += 1) {
    const began = performance.now();
    expect(await readObservations(database.sql, researcher, { order, limit: 20 })).toHaveLength(20);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

it.each(['newest first', 'oldest first'] as const)(
  'a page of many observations by when they changed, %s, takes no longer than one by when they were measured',
  async (direction) => {
    const measured = await fastest({ by: 'measured', direction });
    expect(await fastest({ by: 'updated', direction })).toBeLessThan(3 * measured);
  },
);
