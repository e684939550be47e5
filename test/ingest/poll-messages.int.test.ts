import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../../dev/servers/ports.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  const { sql, openWearables } = world.app;
  const { owUserId } = await agreedPatient({ sql, openWearables, sandbox: world.sandbox });
  world.sandbox.control.addSamples(owUserId, heartRates(hoursAgo(1), 3));
});
afterEach(async () => {
  const { settings, sql } = world.app;
  for (const key of ['ow.api_url', 'ow.api_key', 'ow.ingest_mode']) await settings.unset(key);
  await settings.write('module.ow', 'true', null);
  await sql`update codeable_concepts set code = 'omh:heart-rate:2.0' where id = 50004`;
});
afterAll(async () => {
  await world.close();
});

const set = (key: string, value: string) => world.app.settings.write(key, value, null);
const message = async () => (await pollNow(world)).message;

it('switched off', async () => {
  await set('module.ow', 'false');
  expect(await message()).toBe('OW poll skipped: module.ow=false');
});

it.each(['ow.api_url', 'ow.api_key'])('not configured: %s', async (key) => {
  await set(key, '');
  expect(await message()).toBe('ow_poll aborted: OW_API_URL / OW_API_KEY not configured');
});

it('a wrong key', async () => {
  await set('ow.api_key', 'sk-of-somebody-else');
  expect(await message()).toBe('ow_poll aborted: 401 Invalid or missing API key');
});

it('raw mode without the S3 server’s settings', async () => {
  await set('ow.ingest_mode', 'raw');
  await set('ow.s3.bucket_name', '');
  expect(await message()).toBe(
    "ow_poll aborted: OW raw ingest requires JheSetting 'ow.s3.bucket_name' to be set.",
  );
});

it('a kind of data that the database does not know', async () => {
  await world.app.sql`update codeable_concepts set code = 'omh:heart-rate:9.9' where id = 50004`;
  expect(await message()).toBe("CodeableConcept 'omh:heart-rate:2.0' not found");
});

it('Open Wearables is away: told in fixed words, and nothing is lost', async () => {
  await set('ow.api_url', `http://127.0.0.1:${await freePort()}`);
  await set('ow.api_key', 'sk-of-somebody-else');
  expect(await message()).toBe('ow_poll aborted: Open Wearables cannot be reached');
  await world.app.settings.unset('ow.api_url');
  expect(await message()).toBe('OW poll complete (mode=normalized). Created 3 observations.');
});

it('no message, log line or failure shows the key', () => {
  expect(world.logLines.join('')).not.toContain('sk-of-somebody-else');
  expect(world.logLines.join('')).not.toContain(world.sandbox.apiKey);
});
