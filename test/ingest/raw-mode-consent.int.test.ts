import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreedPatient, DAY_MS, decide, type TestPatient } from '../helpers/connected-patient.js';
import { CONCEPTS, startRawReader, type RawReader } from '../raw-payloads/raw-reader.js';
import { beats, MINUTE_MS, night, YESTERDAY } from '../raw-payloads/vendor-records.js';

let reader: RawReader;
let patients = 0;
beforeAll(async () => {
  reader = await startRawReader();
  for (const concept of Object.values(CONCEPTS)) await reader.ask(concept);
  // Reading begins where the study does: on the day of the agreement.
  await reader.sql`update studies set history_days = 0`;
});
afterAll(async () => {
  await reader.close();
});

/** Agreed to Heart Rate three days ago; what the study may see begins then. */
async function patient(): Promise<TestPatient> {
  patients += 1;
  return agreedPatient(reader, patients, 3);
}

it('one night feeds every kind of data that was agreed, and no other', async () => {
  const { id, owUserId } = await patient();
  await decide(reader.sql, id, 'agreed', {
    conceptId: CONCEPTS.respiratoryRate,
    at: new Date(Date.now() - 3 * DAY_MS),
  });
  await reader.bucket.put({ owUserId, endpoint: 'sleep', body: [night()] });
  expect(await reader.read(id)).toMatchObject({ seen: 2, created: 2 });
  expect((await reader.stored(id)).map(({ dataType }) => dataType).sort()).toEqual([
    'heart_rate',
    'respiratory_rate',
  ]);
});

it('nothing is fetched from an endpoint that feeds nothing the patient agreed to', async () => {
  const { id, owUserId } = await patient();
  // Fetched, it would be a failure.
  await reader.bucket.put({ owUserId, endpoint: 'daily_spo2', body: '{"data": [' });
  expect(await reader.read(id)).toMatchObject({ seen: 0 });
  expect(await reader.ledger(id)).toMatchObject([{ endpoint: 'daily_spo2', status: 'processed', seen: 0 }]);
});

it('a kind of data agreed to later is read from the objects that are there already', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({
    owUserId,
    endpoint: 'sleep',
    body: [night()],
    fetchedAt: new Date(Date.now() - 2 * DAY_MS),
  });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(10) });
  expect(await reader.read(id)).toMatchObject({ created: 11 });
  await decide(reader.sql, id, 'agreed', {
    conceptId: CONCEPTS.sleepStageSummary,
    at: new Date(Date.now() - 3 * DAY_MS),
  });
  expect(await reader.read(id)).toMatchObject({ created: 1, amended: 0, unchanged: 11 });
  expect(await reader.read(id)).toMatchObject({ seen: 0 });
});

it('what lies outside the time that was agreed is neither stored nor kept as a dead letter', async () => {
  const { id, owUserId } = await patient();
  const before = new Date(YESTERDAY.getTime() - 30 * DAY_MS);
  const bad = { bpm: '61', timestamp: before.toISOString() };
  await reader.bucket.put({
    owUserId,
    endpoint: 'heartrate',
    body: [bad, ...beats(4, 60, before), ...beats(2)],
  });
  expect(await reader.read(id)).toMatchObject({ seen: 7, created: 2, rejected: 0, withheld: 5 });
  expect(await reader.sql`select 1 from dead_letters where patient_id = ${id}`).toEqual([]);
});

it('after a revocation nothing is read; after a new agreement what was measured while one stood', async () => {
  const { id, owUserId } = await patient();
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 60 * MINUTE_MS);
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(4) });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(2, 60, hoursAgo(15)) });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3, 60, hoursAgo(5)) });
  await decide(reader.sql, id, 'stopped', { at: hoursAgo(20) });
  expect(await reader.read(id)).toMatchObject({ seen: 0 });
  expect(await reader.ledger(id)).toEqual([]);

  await decide(reader.sql, id, 'agreed', { at: hoursAgo(10) });
  expect(await reader.read(id)).toMatchObject({ seen: 9, created: 7, withheld: 2 });
});

it('a revocation in the middle of a read ends it', async () => {
  const { id, owUserId } = await patient();
  for (const hour of [1, 2, 3]) {
    await reader.bucket.put({
      owUserId,
      endpoint: 'heartrate',
      body: beats(10, 60, new Date(YESTERDAY.getTime() + hour)),
    });
  }
  await reader.sql`
    create function revoke_now() returns trigger language plpgsql as $$
    begin
      insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
      select new.patient_id, 30001, 50004, 'stopped', user_id, 'test', 'test' from patients where id = new.patient_id;
      return null;
    end $$`;
  await reader.sql`
    create trigger revoke_now after update on raw_objects for each row when (new.status = 'processed')
    execute function revoke_now()`;
  const counts = await reader.read(id);
  await reader.sql`drop function revoke_now cascade`;
  expect(counts).toMatchObject({ seen: 20, created: 10, withheld: 10 });
  expect(await reader.stored(id)).toHaveLength(10);
});

it('another patient’s objects are never read', async () => {
  const [one, other] = [await patient(), await patient()];
  await reader.bucket.put({ owUserId: other.owUserId, endpoint: 'heartrate', body: beats(4) });
  expect(await reader.read(one.id)).toMatchObject({ seen: 0 });
  expect(await reader.ledger(one.id)).toEqual([]);
});
