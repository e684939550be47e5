import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { connectionsOf } from '../../src/db/connections.js';
import { countObservations } from '../../src/db/observations.js';
import { syncOf } from '../../src/db/patient-sync.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates, hoursAgo, pageOf } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { addressOf, eventOf, SECRET, send } from '../helpers/webhooks.js';

vi.setConfig({ testTimeout: 90_000 });

let world: TestWorld;
beforeAll(async () => {
  // The schedule rests: whatever is read here is read because of a webhook.
  world = await resting(await startTestWorld());
  await world.app.settings.write('ow.webhook_secret', SECRET, null);
});
afterAll(async () => {
  await world.close();
});

const place = () => ({ ...world.app, sandbox: world.sandbox });
const observations = ({ id }: TestPatient) => countObservations(world.app.sql, id, null);
const isRead = ({ id }: TestPatient) =>
  until('the read has ended', async () => !(await world.app.orchestration.isReading(id)));
const readsOf = ({ owUserId }: TestPatient) =>
  world.sandbox.control.requests.filter(({ path }) => path.includes(`${owUserId}/timeseries`)).length;

/** How often a message was worth a nudge, of all messages so far. */
async function nudges(): Promise<number> {
  const metrics = await world.app.metrics.metrics();
  return Number(/^\w*webhooks\w*\{outcome="nudge"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

async function stored(patient: TestPatient, count: number): Promise<number> {
  const begun = performance.now();
  await until(`${count} observations are stored`, async () => (await observations(patient)) === count);
  return Math.round(performance.now() - begun);
}

it('a new sample is an observation within seconds', async () => {
  const patient = await agreedPatient(place(), 1);
  world.sandbox.control.sendWebhooksTo({ url: addressOf(world), secret: SECRET });
  const latencies: number[] = [];
  for (const hours of [5, 4, 3, 2, 1]) {
    world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(hours), 1));
    latencies.push(await stored(patient, 6 - hours));
    await isRead(patient);
  }
  world.sandbox.control.sendWebhooksTo(null);
  process.stdout.write(`sample placed -> webhook -> observation: ${latencies.join(', ')} ms\n`);
  expect(Math.max(...latencies)).toBeLessThan(5_000);
  const statuses = world.sandbox.control.webhooks.map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 204));
});

it('what comes while the patient is read is read right afterwards', async () => {
  const patient = await agreedPatient(place(), 2);
  const { control } = world.sandbox;
  const nothingYet = { status: 200, delayMs: 3_000, body: pageOf([]) };
  control.faults.failNext({ path: new RegExp(`${patient.owUserId}/timeseries`) }, nothingYet);
  await send(world, { body: eventOf(patient.owUserId) });
  await until('the patient is being read', () => Promise.resolve(readsOf(patient) > 0));
  control.addSamples(patient.owUserId, heartRates(hoursAgo(1), 1));
  await send(world, { body: eventOf(patient.owUserId) });
  await stored(patient, 1);
  await isRead(patient);
  expect(readsOf(patient)).toBe(2);
  expect(await syncOf(world.app.sql, patient.id)).toMatchObject({ outcome: 'new data', created: 1 });
});

it('a burst of 900 events is a few reads, and everything is there in the end', async () => {
  const patient = await agreedPatient(place(), 3);
  const placed = heartRates(hoursAgo(23), 90);
  const before = await nudges();
  const begun = performance.now();
  for (const sample of placed) {
    world.sandbox.control.addSamples(patient.owUserId, [sample]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(world, { body: eventOf(patient.owUserId) })),
    );
    expect(answers.every(({ status }) => status === 204)).toBe(true);
  }
  const seconds = (performance.now() - begun) / 1000;
  await stored(patient, 90);
  await isRead(patient);
  const reads = readsOf(patient);
  const nudged = (await nudges()) - before;
  process.stdout.write(`900 events in ${seconds.toFixed(1)} s: ${nudged} nudges, ${reads} reads\n`);
  expect(reads).toBeLessThanOrEqual(3 + seconds / 4);
  expect(nudged).toBeGreaterThan(0);
  expect(nudged).toBeLessThanOrEqual(reads);
});

it('a connection that ends at Open Wearables is known to be revoked within seconds', async () => {
  const patient = await agreedPatient(place(), 4);
  const { control } = world.sandbox;
  control.sendWebhooksTo({ url: addressOf(world), secret: SECRET });
  control.setConnection(patient.owUserId, 'oura', { status: 'revoked' });
  await until('the connection is revoked here', async () => {
    const [connection] = await connectionsOf(world.app.sql, patient.id);
    return connection?.status === 'revoked';
  });
  await isRead(patient);
  control.sendWebhooksTo(null);
  expect((await syncOf(world.app.sql, patient.id))?.outcome).toBe('not connected');
});

it('while reading is turned off an event makes due and reads nothing', async () => {
  const patient = await agreedPatient(place(), 5);
  await world.app.settings.write('module.ow', 'false', null);
  expect((await send(world, { body: eventOf(patient.owUserId) })).status).toBe(204);
  await world.app.settings.write('module.ow', 'true', null);
  expect(await world.app.sql`select 1 from due_patients where patient_id = ${patient.id}`).toHaveLength(1);
  expect(await world.app.orchestration.isReading(patient.id)).toBe(false);
  expect(readsOf(patient)).toBe(0);
});
