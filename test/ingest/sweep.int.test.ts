import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { STUDY } from '../../dev/journey/stage.js';
import { changeConsents } from '../../src/consent-changes.js';
import { markDue } from '../../src/db/due-patients.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import type { PollResult } from '../../src/workflows/contract.js';
import { EMPTY_TALLY } from '../../src/workflows/counts.js';
import { agreedPatient, connectedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
beforeAll(async () => {
  world = await resting(await startTestWorld());
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  await quiet();
});

const NOBODY = EMPTY_TALLY.patients;
const BLOOD_PRESSURE = 50002;
const place = () => ({ sql: world.app.sql, openWearables: world.app.openWearables, sandbox: world.sandbox });
const ofPatient = ({ owUserId }: TestPatient) => ({ path: new RegExp(`${owUserId}/timeseries`) });

/** A poll as the schedule starts it; answers its id, too. */
async function tick(): Promise<PollResult & { readonly workflowId: string }> {
  const workflowId = await until('no other poll runs', () => world.app.orchestration.triggerPoll());
  return { ...(await world.app.orchestration.pollResult(workflowId)), workflowId };
}

/** Until a tick reads nobody. */
async function quiet(): Promise<void> {
  await until('nobody is due', async () => {
    const { patients } = await tick();
    return patients['new data'] + patients['nothing new'] + patients['could not read'] === 0;
  });
}

/** A patient with a ring that hands over its data when the test says so; all of it so far was fetched, nothing read. */
async function unreadPatient(number: number): Promise<TestPatient> {
  const patient = await agreedPatient(place(), number);
  world.sandbox.control.connect(patient.owUserId, 'oura');
  world.sandbox.control.setSyncPattern(patient.owUserId, 'manual');
  await until('its history is fetched', async () => {
    const runs = await (await world.app.openWearables()).runs(patient.owUserId);
    return runs.every(({ status }) => status !== 'in_progress');
  });
  return patient;
}

/** As `unreadPatient`, and all of it was read. */
async function ringPatient(number: number): Promise<TestPatient> {
  const patient = await unreadPatient(number);
  await quiet();
  return patient;
}

/** Two hours ago, where the ring, which measures on every fifth minute, has no sample of its own. */
function betweenBeats(): Date {
  return new Date(hoursAgo(2).getTime() + 30_000);
}

async function readLast(patient: TestPatient, minutesAgo: number): Promise<void> {
  await world.app.sql`
    update patient_sync set polled_at = now() - make_interval(mins => ${minutesAgo}) where patient_id = ${patient.id}`;
}

it('an idle tick asks Open Wearables at most twice and starts no workflow', async () => {
  await ringPatient(1);
  await ringPatient(2);
  world.sandbox.control.requests.clear();
  const { patients, message, workflowId } = await tick();
  expect(world.sandbox.control.requests.length).toBeLessThanOrEqual(2);
  expect({ patients, message }).toEqual({
    patients: NOBODY,
    message: 'OW poll complete (mode=normalized). Created 0 observations.',
  });
  const temporal = await connectTemporal(world.config);
  const history = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
  await temporal.close();
  const types = (history.events ?? []).filter(
    (event) => event.startChildWorkflowExecutionInitiatedEventAttributes,
  );
  expect(types).toEqual([]);
  // Planned, recorded, and found by how it ended.
  expect(history.events?.length).toBeLessThanOrEqual(20);
});

it('a moved hint has the patient read now and at the next tick, when the data is there', async () => {
  const patient = await ringPatient(3);
  world.sandbox.control.ringSyncs(patient.owUserId, 'oura');
  // The ring measures every five minutes: now and then its sync brings a sample, too.
  const { patients } = await tick();
  expect(patients['new data'] + patients['nothing new']).toBe(1);
  world.sandbox.control.addSamples(patient.owUserId, heartRates(betweenBeats(), 7));
  expect(await tick()).toMatchObject({ created: 7, patients: { ...NOBODY, 'new data': 1 } });
  expect((await tick()).patients).toEqual(NOBODY);
});

it('what a historical run brought without moving the hint is found by age', async () => {
  const patient = await unreadPatient(4);
  const isHeartRate = ({ type }: { readonly type: string }) => type === 'heart_rate';
  expect(world.sandbox.control.removeSamples(patient.owUserId, isHeartRate)).toBeGreaterThan(0);
  await quiet();
  await (await world.app.openWearables()).syncHistorical(patient.owUserId, 'oura', 2);
  await readLast(patient, 59);
  expect((await tick()).patients).toEqual(NOBODY);
  await readLast(patient, 61);
  const { created, patients } = await tick();
  expect(patients).toEqual({ ...NOBODY, 'new data': 1 });
  expect(created).toBeGreaterThan(100);
});

it('the age after which a patient is read is a setting', async () => {
  const patient = await ringPatient(5);
  await readLast(patient, 11);
  await world.app.settings.write('ow.max_age_minutes', '10', null);
  expect((await tick()).patients).toEqual({ ...NOBODY, 'nothing new': 1 });
  await world.app.settings.unset('ow.max_age_minutes');
});

it('a patient whose consents change is read at the next tick', async () => {
  const patient = await ringPatient(6);
  await changeConsents(world.app, patient.id, [await agreement(patient)]);
  const { patients } = await tick();
  expect(patients['new data'] + patients['nothing new']).toBe(1);
});

async function agreement({ id }: TestPatient) {
  const answer = { conceptId: BLOOD_PRESSURE, decision: 'agreed', studyId: STUDY.studyId } as const;
  const [user] = await world.app.sql<{ id: number }[]>`select user_id as id from patients where id = ${id}`;
  const by = { recordedBy: user?.id ?? 0, channel: 'test', textVersion: 'test', studyTextVersion: null };
  return { patientId: id, ...answer, ...by };
}

it('a patient who connects a wearable is read at once, and at the next tick when that went wrong', async () => {
  const patient = await agreedPatient(place(), 7);
  await quiet();
  world.sandbox.control.faults.failNext(ofPatient(patient), { status: 404 });
  await world.app.orchestration.startConnect(
    {
      ...{ attemptId: '00000000-0000-4000-8000-000000000007', patientId: patient.id, provider: 'oura' },
      ...{
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
        connectionBefore: null,
        onboardingId: null,
      },
    },
    null,
  );
  await world.app.orchestration.returned('00000000-0000-4000-8000-000000000007');
  const [outcome] = await until('the patient was to be read', async () => {
    const rows = await world.app.sql<{ outcome: string }[]>`
      select outcome from patient_sync where patient_id = ${patient.id} and poll_id like 'connect/%'`;
    return rows.length > 0 && rows;
  });
  expect(outcome).toEqual({ outcome: 'could not read' });
  expect((await tick()).patients).toEqual({ ...NOBODY, 'nothing new': 1 });
});

it('a patient who could not be read stays due, until a read ends well', async () => {
  const patient = await ringPatient(8);
  await markDue(world.app.sql, patient.id, 'operator');
  world.sandbox.control.faults.failNext(ofPatient(patient), { status: 404 });
  expect((await tick()).patients).toEqual({ ...NOBODY, 'could not read': 1 });
  expect((await tick()).patients).toEqual({ ...NOBODY, 'nothing new': 1 });
  expect((await tick()).patients).toEqual(NOBODY);
});

it('a patient who becomes due while being read is read again', async () => {
  const patient = await ringPatient(9);
  await markDue(world.app.sql, patient.id, 'webhook');
  world.sandbox.control.faults.failNext(ofPatient(patient), { status: 500, delayMs: 3_000 });
  world.sandbox.control.requests.clear();
  const first = world.app.orchestration.pollPatientNow(patient.id, 'test');
  await until('the read waits', () =>
    Promise.resolve(world.sandbox.control.requests.some(({ path }) => ofPatient(patient).path.test(path))),
  );
  expect(await markDue(world.app.sql, patient.id, 'webhook')).toBe(false);
  expect(await first).toMatchObject({ outcome: 'nothing new' });
  expect((await tick()).patients).toEqual({ ...NOBODY, 'nothing new': 1 });
  expect((await tick()).patients).toEqual(NOBODY);
});

it('patients who are skipped are counted at every tick and written down once', async () => {
  const unanswered = await connectedPatient(place(), 10);
  const written = async () =>
    world.app
      .sql`select outcome, polled_at, xmin::text from patient_sync where patient_id = ${unanswered.id}`;
  expect((await tick()).patients).toEqual({ ...NOBODY, 'not consented': 1 });
  const before = await written();
  expect(before).toMatchObject([{ outcome: 'not consented' }]);
  expect((await tick()).patients).toEqual({ ...NOBODY, 'not consented': 1 });
  expect(await written()).toEqual(before);
});

it('an answer stands together with what follows from it, or not at all', async () => {
  const { sql } = world.app;
  const patient = await ringPatient(10);
  const answers = [await agreement(patient)];
  const recorded = () => sql`
    select from consent_events where patient_id = ${patient.id} and concept_id = ${BLOOD_PRESSURE}`;
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''full''; end'`;
  await sql`create trigger refuse before insert on backfill_requests for each row execute function refuse()`;
  await expect(changeConsents(world.app, patient.id, answers)).rejects.toThrow('full');
  expect(await recorded()).toHaveLength(0);
  await sql`drop function refuse cascade`;
  expect(await changeConsents(world.app, patient.id, answers)).toBe(1);
  expect(await recorded()).toHaveLength(1);
});
