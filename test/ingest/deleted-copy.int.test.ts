import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { askEnding, concludeEnding } from '../../src/db/connection-endings.js';
import { attachDataSource } from '../../src/db/studies.js';
import { connectedPatient, DAY_MS, OURA, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';

/** A patient has the copy at Open Wearables deleted: what the study has stays as it was. */

let reader: Reader;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
  const [fitbit] = await reader.sql<{ id: number }[]>`select id from data_sources where provider = 'fitbit'`;
  await attachDataSource(reader.sql, STUDY.studyId, fitbit?.id ?? 0);
});
afterAll(async () => {
  await reader.close();
});

const noon = (daysAgo: number) => new Date((Math.floor(Date.now() / DAY_MS) - daysAgo + 0.5) * DAY_MS);
const readBack = ({ id }: TestPatient) =>
  reader.readHistory({
    ...{ patientId: id, dataTypes: null },
    ...{ from: noon(20).toISOString(), to: new Date().toISOString() },
  });
const statuses = async ({ id }: TestPatient, provider: string) => {
  const rows = await reader.sql<{ status: string }[]>`
    select status from observations where patient_id = ${id} and provider = ${provider} order by effective_start`;
  return rows.map(({ status }) => status);
};
const place = ({ owUserId }: TestPatient, provider: string, ...days: number[]) => {
  const samples = days.flatMap((day) => heartRates(noon(day), 1));
  const source = { provider, source: provider };
  reader.sandbox.control.addSamples(
    owUserId,
    samples.map((sample) => ({ ...sample, source })),
  );
};

async function patientWithTwoDevices(): Promise<TestPatient> {
  patients += 1;
  const patient = await connectedPatient(reader, patients);
  await agreeTo(reader.sql, patient.id, ['omh:heart-rate:2.0'], 30);
  reader.sandbox.control.setConnection(patient.owUserId, 'fitbit', { status: 'active' });
  place(patient, 'fitbit', 15, 9, 3);
  place(patient, 'oura', 12, 11, 10, 4);
  await readBack(patient);
  expect(await statuses(patient, 'oura')).toEqual(['final', 'final', 'final', 'final']);
  return patient;
}

async function deleteCopy({ id, owUserId }: TestPatient): Promise<void> {
  await askEnding(reader.sql, { patientId: id, provider: OURA.provider, asked: true, purge: true });
  expect(await (await reader.openWearables()).purge(owUserId, OURA.provider)).toBe(true);
  await concludeEnding(reader.sql, id, OURA.provider, true, 'purged');
}

it('complete reads take none of it for an error, though another device shows older data', async () => {
  const patient = await patientWithTwoDevices();
  await deleteCopy(patient);
  for (const _ of [1, 2, 3]) expect(await readBack(patient)).toMatchObject({ retired: 0 });
  expect(await statuses(patient, 'oura')).toEqual(['final', 'final', 'final', 'final']);
});

it('connected again, with less history than before: the earlier observations stay, the new ones count as ever', async () => {
  const patient = await patientWithTwoDevices();
  await deleteCopy(patient);
  reader.sandbox.control.setConnection(patient.owUserId, OURA.provider, { status: 'active' });
  place(patient, 'oura', 12, 4, 2);
  for (const _ of [1, 2, 3]) expect(await readBack(patient)).toMatchObject({ retired: 0 });
  expect(await statuses(patient, 'oura')).toEqual(Array.from({ length: 5 }, () => 'final'));

  const newest = noon(2).getTime();
  const isNewest = ({ timestamp }: { timestamp: string }) => Date.parse(timestamp) === newest;
  reader.sandbox.control.removeSamples(patient.owUserId, isNewest);
  for (const _ of [1, 2]) await readBack(patient);
  expect((await statuses(patient, 'oura')).at(-1)).toBe('entered-in-error');
});

it('what vanishes of the other device is an error as ever', async () => {
  const patient = await patientWithTwoDevices();
  await deleteCopy(patient);
  const gone = noon(9).getTime();
  reader.sandbox.control.removeSamples(patient.owUserId, ({ timestamp }) => Date.parse(timestamp) === gone);
  for (const _ of [1, 2]) await readBack(patient);
  expect(await statuses(patient, 'fitbit')).toEqual(['final', 'entered-in-error', 'final']);
});
