import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { ensureAccount, externalIdOf } from '../../src/accounts.js';
import { unneededProviders } from '../../src/db/connections.js';
import { findPatient } from '../../src/db/patients.js';
import { agreedPatient, decide, OURA } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';

/** The traps of the original that other tests of this folder do not name. */

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const instants = async (patientId: number) => {
  const rows = await reader.sql<{ at: Date }[]>`
    select effective_start as at from observations where patient_id = ${patientId} order by effective_start`;
  return rows.map(({ at }) => at);
};

it('first page only: of a thousand samples all are stored by the first read', async () => {
  const patient = await agreedPatient(reader, 8, 2);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 1000, 1));
  expect(await reader.poll(patient.id)).toMatchObject({ seen: 1000, created: 1000 });
  expect(await instants(patient.id)).toHaveLength(1000);
});

it('random uuid: a service that has lost its cursors and pages reads everything again and doubles nothing', async () => {
  const patient = await agreedPatient(reader, 1);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 120));
  await reader.poll(patient.id);
  await reader.sql`delete from cursors where patient_id = ${patient.id}`;
  await reader.sql`delete from page_fingerprints where patient_id = ${patient.id}`;
  expect(await reader.poll(patient.id)).toMatchObject({ seen: 120, created: 0, unchanged: 120 });
});

it('watermark on our clock: an hour too far ahead, it hides no sample that is recorded in that hour', async () => {
  const patient = await agreedPatient(reader, 2);
  const [hour] = [3_600_000];
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hour });
  await reader.poll(patient.id);
  vi.useRealTimers();
  const late = heartRates(hoursAgo(0.5), 3);
  reader.sandbox.control.addSamples(patient.owUserId, late);
  expect(await reader.poll(patient.id)).toMatchObject({ created: 3 });
});

it('gaps over a day lost: a ring that is silent for six days and then tells all of them loses none', async () => {
  const patient = await agreedPatient(reader, 3, 30);
  const { control } = reader.sandbox;
  control.addSamples(patient.owUserId, heartRates(hoursAgo(150), 1));
  await reader.readHistory({
    ...{ patientId: patient.id, dataTypes: null },
    ...{ from: hoursAgo(200).toISOString(), to: hoursAgo(140).toISOString() },
  });
  await reader.poll(patient.id);
  const silent = heartRates(hoursAgo(140), 130, 60);
  control.addSamples(patient.owUserId, silent);
  expect(await reader.poll(patient.id)).toMatchObject({ created: 130 });
  expect(await instants(patient.id)).toHaveLength(131);
});

it('skipped rows never retried: a sample that could not be read is stored once it is shown well', async () => {
  const patient = await agreedPatient(reader, 4);
  const { control } = reader.sandbox;
  const at = hoursAgo(3);
  const bad = shownSample({ timestamp: at.toISOString(), value: 'much' });
  control.faults.failNext(TIMESERIES, { status: 200, body: pageOf([bad]) });
  expect(await reader.poll(patient.id)).toMatchObject({ rejected: 1, created: 0 });
  control.addSamples(patient.owUserId, [{ timestamp: at, type: 'heart_rate', value: 61 }]);
  expect(await reader.poll(patient.id)).toMatchObject({ rejected: 0, created: 1 });
  expect(await instants(patient.id)).toEqual([at]);
});

it.each(['revoked', 'expired'] as const)(
  '"connected" although revoked: a connection that Open Wearables calls %s is not connected, nor asked',
  async (status) => {
    const patient = await agreedPatient(reader, status === 'revoked' ? 5 : 6);
    const { control } = reader.sandbox;
    control.addSamples(patient.owUserId, heartRates(hoursAgo(3), 3));
    control.setConnection(patient.owUserId, OURA.provider, { status });
    control.requests.clear();
    expect(await reader.poll(patient.id)).toBe('not connected');
    expect(control.requests.filter(({ path }) => TIMESERIES.path.test(path))).toEqual([]);
    const [connection] = await reader.sql`select status from connections where patient_id = ${patient.id}`;
    expect(connection?.['status']).toBe(status);
  },
);

it('OW user creation that can never recover from a lost answer: the next try finds the account that was made', async () => {
  const { id, owUserId } = await agreedPatient(reader, 9);
  await reader.sql`update patients set ow_user_id = null where id = ${id}`;
  expect(await ensureAccount(reader, id)).toBe(owUserId);
});

it('sending e-mail to OW: the account there has an opaque name, and neither address nor name of the patient', async () => {
  const { id } = await agreedPatient(reader, 10);
  const patient = await findPatient(reader.sql, id);
  const accounts = reader.sandbox.control.usersByExternalId(externalIdOf(patient?.reference ?? ''));
  expect(accounts).toHaveLength(1);
  expect(accounts[0]).toMatchObject({ email: null, first_name: null, last_name: null });
  expect(JSON.stringify(accounts)).not.toMatch(/demo|@/i);
});

it('revoking one study disconnects all: a wearable that another study still needs is kept', async () => {
  const patient = await agreedPatient(reader, 7);
  const [twin] = await reader.sql<{ id: number }[]>`
    insert into studies (organization_id, name, description) values (${STUDY.organizationId}, 'Twin', '') returning id`;
  const studyId = twin?.id ?? 0;
  await reader.sql`insert into study_scopes (study_id, concept_id) values (${studyId}, 50004)`;
  await reader.sql`insert into study_data_sources (study_id, data_source_id) values (${studyId}, ${OURA.dataSourceId})`;
  await reader.sql`insert into study_patients (study_id, patient_id) values (${studyId}, ${patient.id})`;
  await decide(reader.sql, patient.id, 'agreed', { studyId });
  await decide(reader.sql, patient.id, 'stopped');
  expect(await unneededProviders(reader.sql, patient.id)).toEqual([]);
  await decide(reader.sql, patient.id, 'stopped', { studyId });
  expect(await unneededProviders(reader.sql, patient.id)).toEqual([OURA.provider]);
});
