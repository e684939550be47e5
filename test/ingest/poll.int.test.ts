import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { connectionsOf } from '../../src/db/connections.js';
import { countObservations } from '../../src/db/observations.js';
import { patientsNotRead, syncOf } from '../../src/db/patient-sync.js';
import {
  agreedPatient,
  connectedPatient,
  DAY_MS,
  decide,
  type TestPatient,
} from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
beforeAll(async () => {
  world = await resting(await startTestWorld());
});
afterAll(async () => {
  await world.close();
});

const place = () => ({ sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox });
const observations = ({ id }: TestPatient) => countObservations(world.app.sql, id, null);

describe('a poll', () => {
  it('reads every page, and a second one stores nothing', async () => {
    const patient = await agreedPatient(place(), 1);
    world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 230));
    expect(await pollNow(world)).toMatchObject({
      message: 'OW poll complete (mode=normalized). Created 230 observations.',
      patients: { 'new data': 1, 'could not read': 0 },
    });
    expect(await pollNow(world)).toMatchObject({
      message: 'OW poll complete (mode=normalized). Created 0 observations.',
      patients: { 'new data': 0, 'nothing new': 1 },
    });
    expect(await observations(patient)).toBe(230);
  });

  it('goes on after a 500, a reset and an answer cut short, and ends complete and unique', async () => {
    const patient = await agreedPatient(place(), 2);
    world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 230));
    const ofPatient = { path: new RegExp(`${patient.owUserId}/timeseries`) };
    const { faults } = world.sandbox.control;
    faults.failNext(ofPatient, { status: 500, contentType: 'text/plain', body: 'Internal Server Error' });
    faults.failNext(ofPatient, { status: 200, reset: true });
    faults.failNext(ofPatient, { status: 200, body: '{"data":[{', reset: true });
    expect(await pollNow(world)).toMatchObject({ created: 230, patients: { 'new data': 1 } });
    expect(await observations(patient)).toBe(230);
  });

  it('of a patient that is being read already counts that patient as in flight', async () => {
    const patient = await agreedPatient(place(), 3);
    const slow = { status: 500, delayMs: 8_000 };
    world.sandbox.control.faults.failNext({ path: new RegExp(`${patient.owUserId}/timeseries`) }, slow);
    const first = world.app.orchestration.pollPatientNow(patient.id, 'test');
    await until('the patient is being read', () => world.app.orchestration.isReading(patient.id));
    expect(await world.app.orchestration.pollPatientNow(patient.id, 'test')).toBeUndefined();
    expect(await pollNow(world)).toMatchObject({ patients: { 'in flight': 1 } });
    expect(await first).toMatchObject({ outcome: 'nothing new' });
  });
});

describe('a patient who is not read is listed with the reason', () => {
  it('not consented, not connected, could not read: three states', async () => {
    const stopped = await connectedPatient(place(), 4);
    const revoked = await agreedPatient(place(), 5);
    const broken = await agreedPatient(place(), 6);
    await decide(world.app.sql, stopped.id, 'declined');
    world.sandbox.control.setConnection(revoked.owUserId, 'oura', { status: 'revoked' });
    const path = new RegExp(`${broken.owUserId}/timeseries`);
    world.sandbox.control.faults.failNext({ path }, { status: 404, body: '{"detail":"gone"}' });

    const { patients } = await pollNow(world);
    expect(patients).toMatchObject({ 'not consented': 1, 'not connected': 1, 'could not read': 1 });
    const listed = await patientsNotRead(world.app.sql, 10);
    expect(listed.map(({ patientId, outcome, failure }) => ({ patientId, outcome, failure }))).toEqual([
      { patientId: stopped.id, outcome: 'not consented', failure: null },
      { patientId: revoked.id, outcome: 'not connected', failure: null },
      { patientId: broken.id, outcome: 'could not read', failure: 'NotFound' },
    ]);
  });

  it('a connection that Open Wearables has revoked is shown as revoked', async () => {
    const patient = await agreedPatient(place(), 7);
    world.sandbox.control.setConnection(patient.owUserId, 'oura', { status: 'revoked' });
    await pollNow(world);
    expect((await connectionsOf(world.app.sql, patient.id)).map(({ status }) => status)).toEqual(['revoked']);
    expect((await syncOf(world.app.sql, patient.id))?.outcome).toBe('not connected');
  });

  it('a connection that Open Wearables does not know any more is shown as revoked', async () => {
    const patient = await agreedPatient(place(), 8);
    world.sandbox.control.deleteUser(patient.owUserId);
    await pollNow(world);
    expect((await connectionsOf(world.app.sql, patient.id)).map(({ status }) => status)).toEqual(['revoked']);
    expect((await syncOf(world.app.sql, patient.id))?.outcome).toBe('not connected');
  });

  it('a patient without an account at Open Wearables is not connected', async () => {
    const patient = await agreedPatient(place(), 9);
    await world.app.sql`update patients set ow_user_id = null where id = ${patient.id}`;
    const result = await world.app.orchestration.pollPatientNow(patient.id, 'test');
    expect(result).toMatchObject({ outcome: 'not connected' });
  });
});

it('a history of 90 days comes in whole, page by page', async () => {
  const patient = await agreedPatient(place(), 10);
  const { control } = world.sandbox;
  control.connect(patient.owUserId, 'oura');
  control.requests.clear();
  const now = new Date();
  const from = new Date(now.getTime() - 90 * DAY_MS);
  const span = { from: from.toISOString(), to: now.toISOString() };
  await world.app.orchestration.requestBackfill(patient.id, { ...span, awaitHistoryOf: 'oura' });
  const progress = await until(
    'the history is read',
    async () => {
      const state = await world.app.orchestration.backfillProgress(patient.id);
      return state?.state === 'done' && state;
    },
    90_000,
  );

  const types = ['heart_rate', 'resting_heart_rate'];
  const shown = control.samplesOf(patient.owUserId, { types, from, to: now });
  expect(shown.length).toBeGreaterThan(20_000);
  expect(progress).toMatchObject({ percent: 100, rejected: 0, withheld: 0, seen: shown.length });
  expect(await observations(patient)).toBe(shown.length);
  const pages = control.requests.filter(({ path }) => TIMESERIES.path.test(path));
  expect(pages.length).toBeGreaterThanOrEqual(shown.length / 100);
}, 120_000);
