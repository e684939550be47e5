import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { countObservations } from '../../src/db/observations.js';
import { syncOf } from '../../src/db/patient-sync.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids } from '../../src/workflows/contract.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let temporal: Awaited<ReturnType<typeof connectTemporal>>;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  await world.app.settings.write('ow.poll_batch', '3', null);
  temporal = await connectTemporal(world.app.config);
});
afterAll(async () => {
  await temporal.close();
  await world.close();
});

const place = () => ({ sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox });
const observations = ({ id }: TestPatient) => countObservations(world.app.sql, id, null);

/** Which patients had a run of their own in the newest poll. */
async function runsOf(patients: readonly TestPatient[], since: Date): Promise<number[]> {
  const begun = await Promise.all(
    patients.map(async ({ id }) => {
      try {
        const { startTime } = await temporal.client.workflow.getHandle(ids.pollPatient(id)).describe();
        return startTime >= since ? [id] : [];
      } catch {
        return [];
      }
    }),
  );
  return begun.flat();
}

it('patients with a page of news are read together; who has more pages has a run of their own', async () => {
  const patients: TestPatient[] = [];
  for (let number = 1; number <= 5; number += 1) patients.push(await agreedPatient(place(), number));
  const [many, revoked, ...others] = patients as [TestPatient, TestPatient, ...TestPatient[]];
  world.sandbox.control.addSamples(many.owUserId, heartRates(hoursAgo(20), 230));
  world.sandbox.control.setConnection(revoked.owUserId, 'oura', { status: 'revoked' });
  for (const { owUserId } of others) world.sandbox.control.addSamples(owUserId, heartRates(hoursAgo(2), 3));

  const since = new Date();
  expect(await pollNow(world)).toMatchObject({
    created: 230 + 9,
    patients: { 'new data': 4, 'not connected': 1, 'could not read': 0 },
  });
  expect(await runsOf(patients, since)).toEqual([many.id]);
  expect(await Promise.all(patients.map(observations))).toEqual([230, 0, 3, 3, 3]);
  expect(await syncOf(world.app.sql, others[0]?.id ?? 0)).toMatchObject({ outcome: 'new data', created: 3 });
  expect(await world.app.sql`select from due_patients`).toHaveLength(0);

  expect(await pollNow(world)).toMatchObject({ created: 0, patients: { 'nothing new': 4 } });
});

it('a patient who could not be read together with others is read alone, and tried again', async () => {
  const patient = await agreedPatient(place(), 6);
  world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(2), 3));
  const ofPatient = { path: new RegExp(`${patient.owUserId}/timeseries`) };
  world.sandbox.control.faults.failNext(ofPatient, { status: 500 });
  const since = new Date();
  expect(await pollNow(world)).toMatchObject({ created: 3, patients: { 'could not read': 0 } });
  expect(await runsOf([patient], since)).toEqual([patient.id]);
});

it('a key that is refused ends the poll in the words of the original', async () => {
  for (let times = 0; times < 20; times += 1)
    world.sandbox.control.faults.failNext(TIMESERIES, {
      status: 401,
      body: '{"detail":"Invalid or missing API key"}',
    });
  expect(await pollNow(world)).toMatchObject({
    message: 'ow_poll aborted: 401 Invalid or missing API key',
  });
});
