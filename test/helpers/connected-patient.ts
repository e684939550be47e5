import type { Sandbox } from '../../dev/open-wearables/sandbox.js';
import { STUDY } from '../../dev/journey/stage.js';
import type { App } from '../../src/app.js';
import { ensureAccount } from '../../src/accounts.js';
import { saveConnection } from '../../src/db/connections.js';
import type { Decision } from '../../src/db/consents.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import type { Sql } from '../../src/db/sql.js';
import { attachDataSource } from '../../src/db/studies.js';

export const DAY_MS = 86_400_000;
export const HEART_RATE_CONCEPT = 50004;
export const OURA = { dataSourceId: 70004, provider: 'oura' };

export interface TestPatient {
  readonly id: number;
  readonly owUserId: string;
}

type Place = Pick<App, 'sql' | 'openWearables'> & { readonly sandbox: Sandbox };

/** A patient in the seeded study, with an account and an active Oura that has measured nothing; nothing is agreed. */
export async function connectedPatient(place: Place, number = 1): Promise<TestPatient> {
  const { sql, sandbox } = place;
  const patients = await ensureDemoPatients(sql, { ...STUDY, count: number });
  const id = patients[number - 1]?.id;
  if (id === undefined) throw new Error('the demonstration patient is missing');
  await attachDataSource(sql, STUDY.studyId, OURA.dataSourceId);
  const owUserId = await ensureAccount(place, id);
  sandbox.control.setConnection(owUserId, OURA.provider, { status: 'active' });
  await saveConnection(sql, id, OURA.provider, 'active');
  return { id, owUserId };
}

/** As `connectedPatient`, who agreed to Heart Rate `daysAgo` days ago. */
export async function agreedPatient(place: Place, number = 1, daysAgo = 0): Promise<TestPatient> {
  const patient = await connectedPatient(place, number);
  await decide(place.sql, patient.id, 'agreed', { at: new Date(Date.now() - daysAgo * DAY_MS) });
  return patient;
}

/** Records an answer of the patient, at a time of the test's choice. */
export async function decide(
  sql: Sql,
  patientId: number,
  decision: Decision,
  answer: { readonly at?: Date; readonly studyId?: number; readonly conceptId?: number } = {},
): Promise<void> {
  const { at = new Date(), studyId = STUDY.studyId, conceptId = HEART_RATE_CONCEPT } = answer;
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, decided_at, recorded_by, channel, text_version)
    select ${patientId}, ${studyId}, ${conceptId}, ${decision}, ${at}, user_id, 'test', 'test'
    from patients where id = ${patientId}`;
}
