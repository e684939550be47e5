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

it('a day that 24 hourly syncs repeat, 95.8 % of it doubled, is stored once', async () => {
  const { id, owUserId } = await patient();
  for (let hour = 0; hour < 24; hour += 1) {
    const fetchedAt = new Date(YESTERDAY.getTime() + DAY_MS - (24 - hour) * MINUTE_MS);
    await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(288), fetchedAt });
  }
  expect(await reader.read(id)).toMatchObject({
    seen: 6912,
    created: 288,
    unchanged: 6624,
    amended: 0,
    rejected: 0,
  });
  expect(await reader.stored(id)).toHaveLength(288);
  expect(await reader.read(id), 'objects that were read are not read again').toMatchObject({ seen: 0 });
});

it('each observation names the object it came from', async () => {
  const { id, owUserId } = await patient();
  const first = await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(2) });
  await reader.read(id);
  const second = await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3) });
  await reader.read(id);
  const rows = await reader.stored(id);
  expect(rows.map(({ key }) => key)).toEqual([first, first, second]);
  expect(rows[0]).toMatchObject({ value: 60, status: 'final', dataType: 'heart_rate', system: 'ow:raw' });
});

it('both pages of an answer are read', async () => {
  const { id, owUserId } = await patient();
  const all = beats(300);
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: all.slice(0, 200), nextToken: 'MjAw' });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: all.slice(200) });
  expect(await reader.read(id)).toMatchObject({ created: 300 });
});

it('a page larger than one statement takes is stored whole', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({
    owUserId,
    endpoint: 'heartrate',
    body: beats(2500, 60, new Date(YESTERDAY.getTime() - 9 * DAY_MS)),
  });
  expect(await reader.read(id)).toMatchObject({ seen: 2500, rejected: 0 });
  const counts = await reader.sql<{ created: number }[]>`
    select created from raw_objects where patient_id = ${id}`;
  expect(counts).toEqual([{ created: (await reader.stored(id)).length }]);
});

it('the single document behind a webhook is read', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({
    ...{ owUserId, endpoint: '/v2/usercollection/sleep/c44f55d8-3dda-41f2-8b80-923045bcf50d' },
    body: JSON.stringify(night()),
  });
  expect(await reader.read(id)).toMatchObject({ seen: 1, created: 1 });
  expect(await reader.stored(id)).toMatchObject([{ value: 47, dataType: 'heart_rate' }]);
});

it('a day’s document stands for the patient’s own day', async () => {
  const { id, owUserId } = await patient();
  await reader.sql`update patients set time_zone = 'Pacific/Auckland' where id = ${id}`;
  await decide(reader.sql, id, 'agreed', {
    conceptId: CONCEPTS.oxygenSaturation,
    at: new Date(Date.now() - 9 * DAY_MS),
  });
  const day = YESTERDAY.toISOString().slice(0, 10);
  const document = { id: 'e3b1', day, spo2_percentage: { average: 97.1 }, breathing_disturbance_index: 4 };
  await reader.bucket.put({ owUserId, endpoint: 'daily_spo2', body: [document] });
  expect(await reader.read(id)).toMatchObject({ created: 1 });
  const [row] = await reader.sql<{ local: string }[]>`
    select (effective_start at time zone 'Pacific/Auckland')::text as local from observations where patient_id = ${id}`;
  expect(row?.local).toBe(`${day} 00:00:00`);
});

it('an object whose content changed is read again and corrects what it said', async () => {
  const { id, owUserId } = await patient();
  const key = await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3) });
  await reader.read(id);
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3, 61), key });
  expect(await reader.read(id)).toMatchObject({ created: 0, amended: 3 });
  expect((await reader.stored(id)).map(({ value, status }) => `${value} ${status}`)).toEqual([
    '61 amended',
    '62 amended',
    '63 amended',
  ]);
  expect(
    await reader.sql`
    select v.value from observation_revisions v join observations o on o.id = v.observation_id
    where o.patient_id = ${id}`,
  ).toHaveLength(3);
});

it('an older answer never takes the place of a newer one', async () => {
  const { id, owUserId } = await patient();
  const [older, newer] = [new Date(Date.now() - 2 * MINUTE_MS), new Date(Date.now() - MINUTE_MS)];
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3, 70), fetchedAt: newer });
  await reader.read(id);
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3, 60), fetchedAt: older });
  expect(await reader.read(id)).toMatchObject({ created: 0, amended: 0, unchanged: 3 });
  expect((await reader.stored(id)).map(({ value }) => value)).toEqual([70, 71, 72]);
});

it('an object that cannot be read is remembered with its reason and stops no other', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: '{"data": [{"bpm": 61.25' });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: '[]' });
  await reader.bucket.put({ owUserId, endpoint: 'f7efafb8', body: [], metadata: { trace_id: 'f7efafb8' } });
  await reader.bucket.put({
    owUserId,
    endpoint: 'heartrate',
    body: [],
    metadata: { user_id: 'somebody-else' },
  });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: ' '.repeat(10 * 1024 * 1024 + 1) });
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(5) });
  expect(await reader.read(id)).toMatchObject({ created: 5, rejected: 0 });
  const reasons = (await reader.ledger(id)).map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason !== null).sort()).toEqual([
    'EndpointUnknown',
    'Misplaced',
    'NotJson',
    'NotRecords',
    'TooLarge',
  ]);
  const told = () =>
    reader.logLines.filter((line) => line.includes('raw object failed') && line.includes(`:${id},`));
  expect(told()).toHaveLength(5);
  await reader.read(id);
  expect(told(), 'it is not tried again').toHaveLength(5);
  expect(reader.logLines.join('')).not.toContain('61.25');
});

it('an empty page is read and stores nothing', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: [] });
  expect(await reader.read(id)).toMatchObject({ seen: 0, created: 0 });
  expect(await reader.ledger(id)).toMatchObject([{ status: 'processed', endpoint: 'heartrate' }]);
});

it('records that cannot be converted become dead letters and move no others', async () => {
  const { id, owUserId } = await patient();
  const bad = [
    { bpm: '61', timestamp: YESTERDAY.toISOString() },
    'sixty',
    { bpm: 60, timestamp: 'yesterday' },
  ];
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: [...bad, ...beats(4)] });
  expect(await reader.read(id)).toMatchObject({ seen: 7, created: 4, rejected: 3 });
  const letters = await reader.sql`
    select reason, series from dead_letters where patient_id = ${id} order by reason`;
  expect(letters).toMatchObject(
    ['bad-number', 'bad-time', 'not-an-object'].map((reason) => ({ reason, series: 'heartrate' })),
  );
});

it('a read that stops in the middle goes on where it stopped', async () => {
  const { id, owUserId } = await patient();
  const all = beats(60);
  for (let start = 0; start < 60; start += 10) {
    await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: all.slice(start, start + 10) });
  }
  expect(await reader.readUntil(id, 3 + 3)).toBeInstanceOf(Error);
  const { length } = await reader.ledger(id);
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThan(6);
  const counts = await reader.read(id);
  expect(counts).toMatchObject({ seen: 60 - 10 * length, created: 60 - 10 * length });
  expect(await reader.stored(id)).toHaveLength(60);
});

it('an object whose reading broke off after the write is read again and changes nothing', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(10) });
  await reader.read(id);
  await reader.sql`update raw_objects set status = 'reading' where patient_id = ${id}`;
  expect(await reader.read(id)).toMatchObject({ seen: 10, created: 0, amended: 0, unchanged: 10 });
});

it('two reads of one patient at the same time store each record once', async () => {
  const { id, owUserId } = await patient();
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(100) });
  const counts = await Promise.all([reader.read(id), reader.read(id)]);
  expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(100);
  expect(await reader.stored(id)).toHaveLength(100);
});

it('a missing setting is told in the words of the original', async () => {
  const { id } = await patient();
  await reader.settings.unset('ow.s3.bucket_name');
  await expect(reader.read(id)).rejects.toMatchObject({
    name: 'RawNotConfigured',
    message: "OW raw ingest requires JheSetting 'ow.s3.bucket_name' to be set.",
  });
  await reader.settings.write('ow.s3.bucket_name', reader.bucket.access.bucket, null);
});

it('all that a 90-day connect brought is read: what Open Wearables shows, value by value', async () => {
  const { id, owUserId } = await patient();
  await reader.sql`update studies set history_days = 120`;
  reader.sandbox.control.connect(owUserId, 'oura');
  const shown = reader.sandbox.control.samplesOf(owUserId, { types: ['heart_rate'] });
  await reader.sandbox.control.rawObjectsWritten();
  await decide(reader.sql, id, 'agreed', { conceptId: CONCEPTS.oxygenSaturation });
  await reader.read(id);

  const objects = await reader.ledger(id);
  expect(objects.length).toBeGreaterThanOrEqual(33);
  expect(objects.filter(({ status }) => status !== 'processed')).toEqual([]);
  const rows = await reader.sql<{ at: Date; value: number }[]>`
    select effective_start as at, value from observations
    where patient_id = ${id} and series = 'heartrate' order by effective_start`;
  const truth = shown.map(({ timestamp, value }) => `${Date.parse(timestamp)} ${value}`);
  expect(rows.map(({ at, value }) => `${at.getTime()} ${value}`)).toEqual(truth);
  expect(await reader.read(id)).toMatchObject({ created: 0 });
}, 60_000);
