import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { countObservations } from '../../src/db/observations.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids, type HealResult } from '../../src/workflows/contract.js';
import { agreedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 120_000 });

let world: TestWorld;
let temporal: { client: Client; close: () => Promise<void> };
beforeAll(async () => {
  world = await resting(await startTestWorld());
  temporal = await connectTemporal(world.config);
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});
beforeEach(async () => {
  await world.app.settings.unset('ow.heal_days');
});

const TYPES = ['heart_rate', 'resting_heart_rate'];
const place = () => ({ sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox });
const observations = ({ id }: TestPatient) => countObservations(world.app.sql, id, null);
const requests = (path: RegExp) =>
  world.sandbox.control.requests.filter((request) => path.test(request.path));
const HISTORICAL = /sync\/historical$/;

/** What the ring of the patient has shown Open Wearables since then. */
const shown = ({ owUserId }: TestPatient, from: Date) =>
  world.sandbox.control.samplesOf(owUserId, { types: TYPES, from }).length;

/** A night of healing, now. */
async function heal(): Promise<HealResult> {
  const [taskQueue, workflowId] = [world.config.TEMPORAL_TASK_QUEUE, ids.heal];
  return (await temporal.client.workflow.execute('heal', { taskQueue, workflowId })) as HealResult;
}

const backfillDone = (patient: TestPatient) =>
  until(
    'the range is read',
    async () => {
      const progress = await world.app.orchestration.backfillProgress(patient.id);
      return progress?.state === 'done' && progress;
    },
    60_000,
  );

async function connected(number: number, agreedDaysAgo = 0): Promise<TestPatient> {
  const patient = await agreedPatient(place(), number, agreedDaysAgo);
  world.sandbox.control.connect(patient.owUserId, 'oura');
  world.sandbox.control.setSyncPattern(patient.owUserId, 'manual');
  return patient;
}

/** A day of the patient is read whole: when the one so many days ago began. */
async function dayBegan({ id }: TestPatient, daysAgo: number): Promise<Date> {
  const [day] = await world.app.sql<{ began: Date }[]>`
    select date_trunc('day', now() - make_interval(days => ${daysAgo}), time_zone) as began
    from patients where id = ${id}`;
  if (day === undefined) throw new Error('the patient is missing');
  return day.began;
}

async function historyFetched({ owUserId }: TestPatient): Promise<void> {
  await until('the history is fetched', async () => {
    const runs = await (await world.app.openWearables()).runs(owUserId);
    return runs.every(({ status }) => status !== 'in_progress');
  });
}

it('a history that comes late and type by type, after the connect was stamped, is whole in the end', async () => {
  // The consent and the range reach further back than the history, so that neither ends between two of its samples.
  const patient = await connected(1, 2);
  const ow = await world.app.openWearables();
  await historyFetched(patient);
  const from = new Date(Date.now() - 91 * DAY_MS);
  const all = shown(patient, from);
  expect(all).toBeGreaterThan(20_000);
  // The connect has just been stamped; its run waits in the queue of Open Wearables, which shows none and has no data.
  world.sandbox.control.removeSamples(patient.owUserId, () => true);
  const runs = new RegExp(`${patient.owUserId}/sync/runs`);
  world.sandbox.control.requests.clear();
  world.sandbox.control.faults.failNext({ path: runs }, { status: 200, body: '[]' }, 1_000);
  const span = { from: from.toISOString(), to: new Date().toISOString() };
  await world.app.orchestration.requestBackfill(patient.id, { ...span, awaitHistoryOf: 'oura' });
  await pollNow(world);
  await until('the run is waited for', () => Promise.resolve(requests(runs).length > 1));
  expect(await observations(patient)).toBe(0);

  await ow.syncHistorical(patient.owUserId, 'oura', 90);
  world.sandbox.control.faults.clear();
  await backfillDone(patient);
  expect(shown(patient, from)).toBe(all);
  expect(await observations(patient)).toBe(all);
});

it('healing is off unless the setting says how many days', async () => {
  world.sandbox.control.requests.clear();
  expect(await heal()).toEqual({ healed: 0, 'still running': 0, 'not possible': 0, failed: 0 });
  expect(world.sandbox.control.requests).toHaveLength(0);
});

it('what a ring handed over two days late is there after healing and a tick', async () => {
  const patient = await connected(2);
  await historyFetched(patient);
  const begin = await dayBegan(patient, 9);
  const all = shown(patient, begin);
  // Open Wearables has missed these days, and neither its live sync nor a poll finds them.
  const [from, to] = [Date.now() - 3 * DAY_MS, Date.now() - DAY_MS];
  const missed = world.sandbox.control.removeSamples(
    patient.owUserId,
    ({ timestamp, type }) =>
      TYPES.includes(type) && Date.parse(timestamp) > from && Date.parse(timestamp) < to,
  );
  expect(missed).toBeGreaterThan(300);
  const span = { from: begin.toISOString(), to: new Date().toISOString() };
  await world.app.orchestration.requestBackfill(patient.id, { ...span, awaitHistoryOf: 'oura' });
  await backfillDone(patient);
  await pollNow(world);
  expect(await observations(patient)).toBe(all - missed);

  await world.app.settings.write('ow.heal_days', '4', null);
  expect(await heal()).toMatchObject({ healed: 2, failed: 0 });
  await backfillDone(patient);
  await pollNow(world);
  expect(shown(patient, begin)).toBe(all);
  expect(await observations(patient)).toBe(all);
});

it('nothing is asked for while Open Wearables reads the same account', async () => {
  const patient = await connected(3);
  const runs = new RegExp(`${patient.owUserId}/sync/runs`);
  const live = { run_id: 'pull_of_the_hour', provider: 'oura', source: 'pull', status: 'in_progress' };
  await world.app.settings.write('ow.heal_days', '2', null);
  world.sandbox.control.requests.clear();
  world.sandbox.control.faults.failNext({ path: runs }, { status: 200, body: JSON.stringify([live]) }, 2);
  await heal();
  const order = world.sandbox.control.requests.filter(({ path }) => path.includes(patient.owUserId));
  const asked = order.findIndex(({ path }) => HISTORICAL.test(path));
  expect(order.slice(0, asked).filter(({ path }) => runs.test(path)).length).toBeGreaterThan(2);
  expect(order.filter(({ path }) => HISTORICAL.test(path))).toMatchObject([{ query: { days: ['2'] } }]);
});

it('a run that says it was partial has ended like any other, and its range is read', async () => {
  const patient = await connected(4);
  await world.app.settings.write('ow.heal_days', '2', null);
  world.sandbox.control.setVendor('oura', 'everything-fails');
  expect(await heal()).toMatchObject({ 'still running': 0, failed: 0 });
  world.sandbox.control.setVendor('oura', null);
  const [run] = await (await world.app.openWearables()).runs(patient.owUserId);
  expect(run?.status).toBe('partial');
  expect(await backfillDone(patient)).toMatchObject({ percent: 100 });
});

it('a wearable that Open Wearables cannot ask, or that is not connected any more, is left alone', async () => {
  const patient = await connected(5);
  world.sandbox.control.setConnection(patient.owUserId, 'oura', { status: 'revoked' });
  world.sandbox.control.requests.clear();
  await world.app.settings.write('ow.heal_days', '2', null);
  expect(await heal()).toMatchObject({ 'not possible': 1, failed: 0 });
  expect(requests(HISTORICAL).some(({ path }) => path.includes(patient.owUserId))).toBe(false);
});
