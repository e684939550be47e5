import { createServer, request as ask, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../dev/servers/ports.js';
import { utcDay } from '../../src/raw-payloads/layout.js';
import { agreedPatient, DAY_MS, decide, type TestPatient } from '../helpers/connected-patient.js';
import { KEY_PREFIX } from '../raw-payloads/bucket.js';
import { CONCEPTS, startRawReader, type RawReader } from '../raw-payloads/raw-reader.js';
import { beats, MINUTE_MS, night, YESTERDAY } from '../raw-payloads/vendor-records.js';

let reader: RawReader;
let proxy: Server;
let lists = 0;
let patients = 0;
beforeAll(async () => {
  reader = await startRawReader();
  for (const concept of Object.values(CONCEPTS)) await reader.ask(concept);
  await reader.sql`update studies set history_days = 30`;
  proxy = await countLists(reader.bucket.access.endpoint);
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await reader.close();
});

/** Has the reader ask the bucket through a hand that counts how often a folder is listed. */
async function countLists(endpoint: string): Promise<Server> {
  const port = await freePort();
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.includes('list-type=2') === true) lists += 1;
    const { method, headers, url } = incoming;
    const passed = ask(new URL(url ?? '/', endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { 'ow.s3.secret_access_key': key } = await reader.settings.read();
  await reader.settings.write('ow.s3.endpoint_url', `http://127.0.0.1:${port}`, null);
  await reader.settings.write('ow.s3.secret_access_key', key, null);
  return server;
}

async function patient(): Promise<TestPatient> {
  patients += 1;
  const made = await agreedPatient(reader, patients, 1);
  const at = new Date(Date.now() - DAY_MS);
  await decide(reader.sql, made.id, 'agreed', { conceptId: CONCEPTS.sleepStageSummary, at });
  return made;
}
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS);
const statuses = async (patientId: number) =>
  (await reader.stored(patientId)).map(({ dataType, status }) => `${dataType} ${status}`).sort();

describe('a patient of whom there is nothing', () => {
  it('costs a request for each day since the consent once, and then two a poll', async () => {
    const { id } = await patient();
    lists = 0;
    await reader.read(id);
    expect(lists).toBeGreaterThanOrEqual(31);
    lists = 0;
    await reader.read(id);
    expect(lists).toBeLessThanOrEqual(2);
  });

  it('is looked through again when the consents change', async () => {
    const { id, owUserId } = await patient();
    await reader.read(id);
    await reader.bucket.put({
      owUserId,
      endpoint: 'heartrate',
      body: beats(3),
      fetchedAt: minutesAgo(5 * 1440),
    });
    expect(await reader.read(id)).toMatchObject({ seen: 0 });
    await decide(reader.sql, id, 'agreed', { conceptId: CONCEPTS.oxygenSaturation });
    expect(await reader.read(id)).toMatchObject({ created: 3 });
  });
});

it('raw filter on the key: what an object holds is told by its metadata, whatever its name says', async () => {
  const { id, owUserId } = await patient();
  const folder = (name: string) => `${KEY_PREFIX}/${utcDay(new Date())}/${owUserId}/${name}.json`;
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: beats(3), key: folder('0f1e2d3c4b5a') });
  const later = beats(2, 80, new Date(YESTERDAY.getTime() + DAY_MS / 2));
  await reader.bucket.put({ owUserId, endpoint: 'heartrate', body: later, key: folder('daily_sleep') });
  expect(await reader.read(id)).toMatchObject({ created: 5, rejected: 0 });
});

describe('a night that the vendor marks as deleted', () => {
  const put = (owUserId: string, type: string, fetchedAt: Date) =>
    reader.bucket.put({ owUserId, endpoint: 'sleep', body: [{ ...night(), ...STAGES, type }], fetchedAt });
  const STAGES = { deep_sleep_duration: 3600, light_sleep_duration: 7200, rem_sleep_duration: 3600 };
  const read = ['heart_rate', 'sleep_stage_summary'];
  const all = (status: string) => read.map((dataType) => `${dataType} ${status}`);

  it('becomes an error in all that was read of it, and stays', async () => {
    const { id, owUserId } = await patient();
    await put(owUserId, 'long_sleep', minutesAgo(9));
    await reader.read(id);
    expect(await statuses(id)).toEqual(all('final'));
    await put(owUserId, 'deleted', minutesAgo(8));
    expect(await reader.read(id)).toMatchObject({ created: 0, amended: 0, retired: 2 });
    expect(await statuses(id)).toEqual(all('entered-in-error'));
    await put(owUserId, 'deleted', minutesAgo(7));
    expect(await reader.read(id)).toMatchObject({ retired: 0 });
  });

  it('does not come back with an object that was fetched before, only with one fetched later', async () => {
    const { id, owUserId } = await patient();
    await put(owUserId, 'long_sleep', minutesAgo(9));
    await reader.read(id);
    await put(owUserId, 'deleted', minutesAgo(5));
    await reader.read(id);
    await put(owUserId, 'long_sleep', minutesAgo(7));
    await reader.read(id);
    expect(await statuses(id)).toEqual(all('entered-in-error'));
    await put(owUserId, 'long_sleep', minutesAgo(3));
    await reader.read(id);
    expect(await statuses(id)).toEqual(all('amended'));
  });

  it('leaves alone the one that replaces it, and what a later object shows again', async () => {
    const { id, owUserId } = await patient();
    const other = { ...night(), ...STAGES, id: '3f2e8f6a-0000-4000-8000-000000000001' };
    await put(owUserId, 'long_sleep', minutesAgo(9));
    const both = [{ ...night(), ...STAGES, type: 'deleted' }, other];
    await reader.bucket.put({ owUserId, endpoint: 'sleep', body: both, fetchedAt: minutesAgo(8) });
    await reader.read(id);
    expect(await statuses(id)).toEqual([...all('entered-in-error'), ...all('final')].sort());
    await put(owUserId, 'long_sleep', minutesAgo(4));
    await reader.read(id);
    await put(owUserId, 'deleted', minutesAgo(6));
    expect(await reader.read(id)).toMatchObject({ retired: 0 });
  });
});
