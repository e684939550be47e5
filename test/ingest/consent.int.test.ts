import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import type { PlacedSample } from '../../dev/open-wearables/control.js';
import { agreedPatient, connectedPatient, DAY_MS, decide, OURA } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const OTHER_STUDY = 30002;
const BLOOD_PRESSURE = 50002;
const measure = (owUserId: string, samples: readonly PlacedSample[]) => {
  reader.sandbox.control.addSamples(owUserId, samples);
};
const instantsOf = async (patientId: number) => {
  const rows = await reader.sql<{ at: Date }[]>`
    select effective_start as at from observations where patient_id = ${patientId} order by effective_start`;
  return rows.map(({ at }) => at);
};

describe('time', () => {
  it('what was measured while consent was stopped stays out, before and after it comes in', async () => {
    const patient = await connectedPatient(reader, 1);
    await decide(reader.sql, patient.id, 'agreed', { at: hoursAgo(10) });
    await decide(reader.sql, patient.id, 'stopped', { at: hoursAgo(6) });
    await decide(reader.sql, patient.id, 'agreed', { at: hoursAgo(3) });
    const [before, atTheStop, between, atTheStart, after] = [7, 6, 5, 3, 1].map(hoursAgo);
    for (const at of [before, atTheStop, between, atTheStart, after]) {
      if (at !== undefined) measure(patient.owUserId, heartRates(at, 1));
    }
    expect(await reader.poll(patient.id)).toMatchObject({ created: 3, withheld: 2 });
    expect(await instantsOf(patient.id)).toEqual([before, atTheStart, after]);
  });

  it('nothing older than the study reaches back is read', async () => {
    const patient = await agreedPatient(reader, 2);
    const reach = Date.now() - 90 * DAY_MS;
    measure(patient.owUserId, heartRates(new Date(reach - 3_600_000), 1));
    measure(patient.owUserId, heartRates(new Date(reach + 3_600_000), 1));
    const span = { from: new Date(reach - DAY_MS).toISOString(), to: new Date().toISOString() };
    const counts = await reader.readHistory({ patientId: patient.id, ...span, dataTypes: null });
    expect(counts).toMatchObject({ seen: 1, created: 1 });
  });
});

describe('scope, data source and study', () => {
  it('an agreement to another kind of data asks for no heart rate', async () => {
    const patient = await connectedPatient(reader, 3);
    await decide(reader.sql, patient.id, 'agreed', { conceptId: BLOOD_PRESSURE });
    measure(patient.owUserId, heartRates(hoursAgo(1), 3));
    reader.sandbox.control.requests.clear();
    expect(await reader.poll(patient.id)).toBe('not consented');
    expect(reader.sandbox.control.requests).toHaveLength(0);
  });

  it('an agreement in a study that does not ask for heart rate covers none', async () => {
    const patient = await connectedPatient(reader, 4);
    await reader.sql`insert into study_patients (study_id, patient_id) values (${OTHER_STUDY}, ${patient.id})`;
    await decide(reader.sql, patient.id, 'agreed', { studyId: OTHER_STUDY });
    expect(await reader.poll(patient.id)).toBe('not consented');
  });

  it('the agreement of another patient covers nobody else', async () => {
    await agreedPatient(reader, 5);
    const other = await connectedPatient(reader, 6);
    expect(await reader.poll(other.id)).toBe('not consented');
  });

  it('samples of a wearable that no agreed study uses are withheld', async () => {
    const patient = await agreedPatient(reader, 7);
    await reader.sql`
      insert into data_sources (name, type, provider) values ('Garmin', 'personal_device', 'garmin')
      on conflict do nothing`;
    const source = { provider: 'garmin', source: 'garmin' };
    measure(patient.owUserId, heartRates(hoursAgo(2), 4));
    measure(
      patient.owUserId,
      heartRates(hoursAgo(2), 3).map((sample) => ({ ...sample, source })),
    );
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 7, created: 4, withheld: 3 });
  });

  it('only the agreed series are asked for, one parameter each, never everything', async () => {
    const patient = await agreedPatient(reader, 8);
    reader.sandbox.control.requests.clear();
    await reader.poll(patient.id);
    const asked = reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path));
    expect(asked.map(({ query }) => query['types'])).toEqual([['heart_rate', 'resting_heart_rate']]);
  });

  it('an agreement to what no series is made of asks for nothing, since asking for no series means all', async () => {
    const patient = await connectedPatient(reader, 14);
    const RR_INTERVAL = 50007;
    await reader.sql`insert into study_scopes (study_id, concept_id) values (${STUDY.studyId}, ${RR_INTERVAL})`;
    await reader.sql`
      insert into data_source_scopes (data_source_id, concept_id) values (${OURA.dataSourceId}, ${RR_INTERVAL})`;
    await decide(reader.sql, patient.id, 'agreed', { conceptId: RR_INTERVAL });
    reader.sandbox.control.requests.clear();
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 0 });
    expect(reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path))).toEqual([]);
  });

  it('a patient who has left the study is not read any more', async () => {
    const patient = await agreedPatient(reader, 9);
    await reader.sql`delete from study_patients where study_id = ${STUDY.studyId} and patient_id = ${patient.id}`;
    expect(await reader.poll(patient.id)).toBe('not consented');
  });
});

describe('a revocation', () => {
  it('before a poll: nothing is read', async () => {
    const patient = await agreedPatient(reader, 10);
    await decide(reader.sql, patient.id, 'stopped');
    expect(await reader.poll(patient.id)).toBe('not consented');
  });

  it('during a poll: the page under way is withheld, and no page is asked for but the one that is on its way already', async () => {
    const patient = await agreedPatient(reader, 11);
    measure(patient.owUserId, heartRates(hoursAgo(20), 240));
    reader.sandbox.control.requests.clear();
    const revocation = await uncommitted(reader.sql, (connection) =>
      decide(connection, patient.id, 'stopped'),
    );
    const poll = reader.poll(patient.id);
    await waitsForALock(reader.sql, 'with guard as');
    await revocation.commit();

    expect(await poll).toMatchObject({ seen: 100, created: 0, withheld: 100 });
    expect(await instantsOf(patient.id)).toEqual([]);
    const pages = reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path));
    expect(pages.length).toBeLessThanOrEqual(2);
  });

  it('of one study leaves what another agreed study covers', async () => {
    const patient = await agreedPatient(reader, 12);
    const [twin] = await reader.sql<{ id: number }[]>`
      insert into studies (organization_id, name, description) values (${STUDY.organizationId}, 'Twin', '') returning id`;
    const studyId = twin?.id ?? 0;
    await reader.sql`insert into study_scopes (study_id, concept_id) values (${studyId}, 50004)`;
    await reader.sql`insert into study_data_sources (study_id, data_source_id) values (${studyId}, ${OURA.dataSourceId})`;
    await reader.sql`insert into study_patients (study_id, patient_id) values (${studyId}, ${patient.id})`;
    await decide(reader.sql, patient.id, 'agreed', { studyId });
    await decide(reader.sql, patient.id, 'stopped');
    measure(patient.owUserId, heartRates(hoursAgo(1), 3));
    expect(await reader.poll(patient.id)).toMatchObject({ created: 3, withheld: 0 });
  });
});

it('a page that finds the consents changing all the time gives up with a name and is read again later', async () => {
  const patient = await agreedPatient(reader, 13);
  // An event that the version does not know yet, as seen for a moment between two statements of somebody else.
  await reader.sql`update patients set consent_version = consent_version + 1 where id = ${patient.id}`;
  measure(patient.owUserId, heartRates(hoursAgo(1), 3));
  const { failure } = await reader.failingPoll(patient.id);
  expect(failure).toMatchObject({ name: 'ConsentMoving' });
});
