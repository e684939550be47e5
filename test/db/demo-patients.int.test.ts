import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { ensureDemoPatients, freshDemoPatient } from '../../src/db/seed/demo-patients.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('asking for demonstration patients again makes no more of them', async () => {
  const first = await ensureDemoPatients(database.sql, { ...STUDY, count: 2 });
  expect(await ensureDemoPatients(database.sql, { ...STUDY, count: 2 })).toEqual(first);
});

it('a patient who has answered is not fresh any more; when none is left, one is made', async () => {
  const { sql } = database;
  const fresh = [];
  for (let run = 0; run < 3; run += 1) {
    const patient = await freshDemoPatient(sql, STUDY);
    fresh.push(patient.id);
    await sql`
      insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
      select p.id, ${STUDY.studyId}, 50004, 'agreed', p.user_id, 'test', 'test'
      from patients p where p.id = ${patient.id}`;
  }
  expect(new Set(fresh).size).toBe(3);
});
