import { ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { saveConnection } from '../../src/db/connections.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids } from '../../src/workflows/contract.js';
import { command } from '../helpers/command.js';
import {
  agreedPatient,
  connectedPatient,
  DAY_MS,
  OURA,
  type TestPatient,
} from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 90_000 });

let world: TestWorld;
let temporal: { client: Client; close: () => Promise<void> };
let first: TestPatient;
let second: TestPatient;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  temporal = await connectTemporal(world.config);
  const place = { sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox };
  first = await agreedPatient(place, 1, 10);
  second = await agreedPatient(place, 2, 10);
  await connectedPatient(place, 3);
  const disconnected = await agreedPatient(place, 4);
  await saveConnection(world.app.sql, disconnected.id, OURA.provider, 'revoked');
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});
afterEach(async () => {
  world.sandbox.control.faults.clear();
  await world.app.settings.unset('ow.ingest_mode');
});

const midnight = (daysAgo: number) => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - daysAgo * DAY_MS);
const measure = ({ owUserId }: TestPatient, daysAgo: number, count: number) => {
  world.sandbox.control.addSamples(owUserId, heartRates(midnight(daysAgo), count));
};

it('everybody with a standing consent is compared, in plain words', async () => {
  measure(first, 5, 14);
  measure(second, 50, 1);
  expect(await command(world, 'reconcile')).toEqual({
    code: 0,
    errors: '',
    lines: [
      '2 patients, 180 days compared, 2 differed: 15 observations created, 0 corrected, 0 became errors',
    ],
  });
});

it('of one patient, by address, the days that are named', async () => {
  measure(first, 3, 1);
  const { code, lines } = await command(
    world,
    ...['reconcile', '--patient', 'demo_patient_1@example.com', '--days', '31'],
  );
  expect(lines).toEqual([
    '31 days compared, 1 differed: 1 observation created, 0 corrected, 0 became errors',
  ]);
  expect(code).toBe(0);
});

it('who could not be read is told by the type of the failure, and asks for attention', async () => {
  const path = new RegExp(`${first.owUserId}/timeseries`);
  world.sandbox.control.faults.failNext({ path }, { status: 404 }, 100);
  const { code, lines } = await command(world, 'reconcile', '--json');
  expect(JSON.parse(lines.join('\n'))).toMatchObject({
    ...{ patients: 2, daysCompared: 90, couldNotRead: { NotFound: 1 }, isComplete: false },
    message: expect.stringMatching(/; could not read: 1 NotFound$/) as string,
  });
  expect(code).toBe(3);
  expect(await command(world, 'reconcile', '--patient', String(first.id))).toMatchObject({ code: 1 });
});

it('in raw mode there is nothing to compare with, and it says so', async () => {
  await world.app.settings.write('ow.ingest_mode', 'raw', null);
  const { code, lines } = await command(world, 'reconcile');
  expect(lines).toEqual(['OW reconcile skipped: ow.ingest_mode=raw has nothing to compare with']);
  expect(code).toBe(3);
});

it('nobody waits with --no-wait', async () => {
  const { code, lines } = await command(world, 'reconcile', '--days', '1', '--no-wait');
  expect(lines).toEqual([expect.stringMatching(/^Started ow-reconcile-2.*Z\.$/)]);
  expect(code).toBe(0);
});

it('a patient who agreed to nothing, one who is not there, and days that are none, are told of', async () => {
  expect(await command(world, 'reconcile', '--patient', 'demo_patient_3@example.com')).toMatchObject({
    ...{ code: 3, lines: ['nobody to compare: no consent stands for a connected wearable'] },
  });
  expect(await command(world, 'reconcile', '--patient', '999999')).toMatchObject({
    ...{ code: 1, errors: expect.stringContaining('there is no patient 999999') as string },
  });
  expect(await command(world, 'reconcile', '--days', '0')).toMatchObject({ code: 2 });
});

it('every night at half past two it runs by itself, and a pause of an operator is kept', async () => {
  const schedule = temporal.client.schedule.getHandle(ids.reconcile);
  const { spec, policies, state } = await schedule.describe();
  expect(spec.calendars).toMatchObject([{ hour: [{ start: 2 }], minute: [{ start: 30 }] }]);
  expect(policies).toMatchObject({
    overlap: ScheduleOverlapPolicy.SKIP,
    catchupWindow: 30 * 60_000,
    pauseOnFailure: false,
  });
  expect(state.paused).toBe(false);
  await schedule.pause('a test');
  await world.app.ensureSchedule();
  expect((await schedule.describe()).state).toMatchObject({ paused: true, note: 'a test' });
});

it('the night of the schedule finds what came late', async () => {
  measure(second, 4, 5);
  const schedule = temporal.client.schedule.getHandle(ids.reconcile);
  await schedule.unpause();
  await schedule.trigger(ScheduleOverlapPolicy.SKIP);
  const workflowId = await until('the night has begun', async () => {
    const { info } = await schedule.describe();
    return info.recentActions.at(-1)?.action.workflow.workflowId;
  });
  expect(workflowId).toMatch(/^ow-reconcile-/);
  expect(await world.app.orchestration.reconcileResult(workflowId)).toMatchObject({
    ...{ patients: 2, created: 5, isComplete: true },
  });
});
