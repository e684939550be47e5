import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreedPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo } from '../helpers/samples.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const at = hoursAgo(2);
const show = (owUserId: string, value: number) => {
  reader.sandbox.control.addSamples(owUserId, [{ timestamp: at, type: 'heart_rate', value }]);
};
const observations = (patientId: number) => reader.sql<
  { id: number; status: string; value: number; identifier: string }[]
>`
  select id, status, value, identifier from observations where patient_id = ${patientId}`;

it('a corrected value replaces the old one, which stays as a revision, and the observation is amended', async () => {
  const patient = await agreedPatient(reader, 1);
  show(patient.owUserId, 61);
  await reader.poll(patient.id);
  const [first] = await observations(patient.id);
  show(patient.owUserId, 71.5);

  expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 1, unchanged: 0 });
  expect(await observations(patient.id)).toEqual([{ ...first, status: 'amended', value: 71.5 }]);
  const revisions = await reader.sql`
    select revision, status, value from observation_revisions where observation_id = ${first?.id ?? 0}`;
  expect([...revisions]).toEqual([{ revision: 1, status: 'final', value: 61 }]);
});

it('a value that changes there and back keeps every step', async () => {
  const patient = await agreedPatient(reader, 2);
  for (const value of [61, 62, 61]) {
    show(patient.owUserId, value);
    await reader.poll(patient.id);
  }
  const [observation] = await observations(patient.id);
  expect(observation).toMatchObject({ status: 'amended', value: 61 });
  const revisions = await reader.sql<{ value: number }[]>`
    select value from observation_revisions where observation_id = ${observation?.id ?? 0} order by revision`;
  expect(revisions.map(({ value }) => value)).toEqual([61, 62]);
});

it('an unchanged value makes no revision, however often it is read', async () => {
  const patient = await agreedPatient(reader, 3);
  show(patient.owUserId, 61);
  for (const _poll of [1, 2, 3]) await reader.poll(patient.id);
  const [observation] = await observations(patient.id);
  expect(observation?.status).toBe('final');
  const revisions = await reader.sql`
    select 1 from observation_revisions where observation_id = ${observation?.id ?? 0}`;
  expect(revisions).toHaveLength(0);
});
