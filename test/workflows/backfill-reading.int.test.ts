import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { countObservations } from '../../src/db/observations.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids, type BackfillProgress } from '../../src/workflows/contract.js';
import { agreedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { resting } from '../helpers/operator.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let patients = 0;
beforeAll(async () => {
  world = await resting(await startTestWorld());
});
afterAll(async () => {
  await world.close();
});

const HOURLY = 60;
const samplesOf = (days: number, everyMinutes = HOURLY) => ((days * 24 - 1) * 60) / everyMinutes;
/** A patient who agreed before so many days, with a sample every so many minutes since, but for the first hour. */
async function patientWithPast(days: number, everyMinutes = HOURLY): Promise<TestPatient> {
  const { sandbox } = world;
  patients += 1;
  const patient = await agreedPatient({ ...world.app, sandbox }, patients, days + 1);
  const count = samplesOf(days, everyMinutes);
  sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(days * 24 - 1), count, everyMinutes));
  sandbox.control.requests.clear();
  return patient;
}

/** Both ends from one look at the clock. */
function backDays(from: number, to = 0) {
  const now = Date.now();
  return {
    from: new Date(now - from * DAY_MS).toISOString(),
    to: new Date(now - to * DAY_MS).toISOString(),
  };
}

/** When the patient's day began that is so many days ago. */
async function midnight({ id }: TestPatient, days: number): Promise<string> {
  const [day] = await world.app.sql<{ at: Date }[]>`
    select date_trunc('day', now() - make_interval(days => ${days}), time_zone) as at from patients where id = ${id}`;
  return (day?.at ?? new Date()).toISOString();
}

const stored = ({ id }: TestPatient) => countObservations(world.app.sql, id, null);
const asked = () => world.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path));
const progressOf = ({ id }: TestPatient) => world.app.orchestration.backfillProgress(id);

async function ended(patient: TestPatient, withinMs = 30_000): Promise<BackfillProgress> {
  const isOver = async () => {
    const progress = await progressOf(patient);
    return progress !== undefined && ['done', 'cancelled', 'failed'].includes(progress.state) && progress;
  };
  return until('the backfill has ended', isOver, withinMs);
}

/** As `ended`, whether or not a worker is there. */
async function resultOf({ id }: TestPatient): Promise<BackfillProgress> {
  const { client, close } = await connectTemporal(world.config);
  return (client.workflow.getHandle(ids.backfill(id)).result() as Promise<BackfillProgress>).finally(close);
}

function expectSound(progress: BackfillProgress): void {
  const { seen, created, amended, unchanged, rejected, withheld, held } = progress;
  expect(created + amended + unchanged + rejected + withheld + held).toBe(seen);
  expect(progress).toMatchObject({ state: 'done', percent: 100, eta: null, window: null, failure: null });
  expect(progress.windowsDone).toBe(progress.windowsTotal);
  expect(progress.daysDone).toBe(progress.daysTotal);
}

it('overlapping requests ask Open Wearables for each day once', async () => {
  const patient = await patientWithPast(28);
  const { orchestration } = world.app;
  const [before7, before20] = [await midnight(patient, 7), await midnight(patient, 20)];
  // Whichever comes first: a request that ends within a day has the rest of that day read by the next one.
  await Promise.all([
    orchestration.requestBackfill(patient.id, { ...backDays(21), to: before7 }),
    orchestration.requestBackfill(patient.id, backDays(14)),
    orchestration.requestBackfill(patient.id, { ...backDays(28), to: before20 }),
  ]);
  const progress = await ended(patient);
  expectSound(progress);
  expect(progress).toMatchObject({ seen: samplesOf(28), created: samplesOf(28), daysTotal: 28 });
  expect(await stored(patient)).toBe(samplesOf(28));
  const first = asked().filter(({ query }) => query['cursor'] === undefined);
  const starts = first.flatMap(({ query }) => query['start_time'] ?? []);
  expect(starts.length).toBe(new Set(starts).size);
  expect(starts.length).toBe(progress.windowsDone);
});

it('a second backfill of the same days sees everything and stores nothing', async () => {
  const patient = await patientWithPast(10);
  await world.app.orchestration.requestBackfill(patient.id, backDays(10));
  expect((await ended(patient)).created).toBe(samplesOf(10));
  await world.app.orchestration.requestBackfill(patient.id, backDays(10));
  const again = await ended(patient);
  expectSound(again);
  expect(again).toMatchObject({ seen: samplesOf(10), created: 0, unchanged: samplesOf(10) });
});

it('one that is cancelled in the middle of a window ends at once and keeps what was stored', async () => {
  const patient = await patientWithPast(7, 15);
  holdPage(3, 4_000);
  await world.app.orchestration.requestBackfill(patient.id, backDays(7));
  await until('the third page is held', () => Promise.resolve(asked().length === 3));
  await world.app.orchestration.steerBackfill(patient.id, 'cancel');
  expect(await ended(patient, 3_000)).toMatchObject({ state: 'cancelled', percent: 0, daysTotal: 7 });
  expect(await stored(patient)).toBe(200);
  const failures = () => world.logLines.filter((line) => line.includes('"readHistory"')).length;
  await until('the held read has ended', () => Promise.resolve(failures() > 0));
  expect(asked()).toHaveLength(3);
});

it('one whose patient has no account at Open Wearables fails with that name', async () => {
  const patient = await patientWithPast(7);
  await world.app.sql`update patients set ow_user_id = null where id = ${patient.id}`;
  await world.app.orchestration.requestBackfill(patient.id, backDays(7));
  expect(await ended(patient)).toMatchObject({ state: 'failed', failure: 'AccountMissing', windowsDone: 0 });
});

it('one that runs during polls doubles nothing and leaves nothing out', async () => {
  const patient = await patientWithPast(7, 5);
  const { orchestration } = world.app;
  await orchestration.requestBackfill(patient.id, backDays(7));
  let polled = 0;
  while ((await progressOf(patient))?.state === 'running') {
    polled += (await orchestration.pollPatientNow(patient.id, 'test'))?.created ?? 0;
  }
  const progress = await ended(patient);
  expectSound(progress);
  expect(await stored(patient)).toBe(samplesOf(7, 5));
  expect(progress.created + polled).toBe(samplesOf(7, 5));
});

// The last, since this world's own worker stops here.
it('a worker killed in the middle of a window is replaced by one that goes on where it was', async () => {
  const patient = await patientWithPast(7, 15);
  await world.worker.stop();
  const first = startWorker();
  holdPage(4, 100_000);
  await world.app.orchestration.requestBackfill(patient.id, backDays(7));
  await until('the fourth page is held', () => Promise.resolve(asked().length === 4), 45_000);
  await killed(first);
  world.sandbox.control.faults.clear();
  expect(await stored(patient)).toBe(300);
  await expect(progressOf(patient)).rejects.toMatchObject({ name: 'WorkerMissing' });
  world.sandbox.control.requests.clear();
  const second = startWorker();
  try {
    const progress = await resultOf(patient);
    expectSound(progress);
    expect(progress).toMatchObject({ seen: samplesOf(7, 15), amended: 0, windowsDone: 1 });
    expect(await stored(patient)).toBe(samplesOf(7, 15));
    // Seven pages in all. The first was reported; the server may not have heard of the two after it.
    expect(asked().length).toBeGreaterThanOrEqual(4);
    expect(asked().length).toBeLessThan(7);
  } finally {
    await killed(second);
  }
}, 240_000);

/** The request for this page of samples waits, then fails. */
function holdPage(page: number, delayMs: number): void {
  class ThisPage extends RegExp {
    #asked = 0;

    override test(path: string): boolean {
      if (!super.test(path)) return false;
      this.#asked += 1;
      return this.#asked === page;
    }
  }
  world.sandbox.control.faults.failNext({ path: new ThisPage(TIMESERIES.path) }, { status: 500, delayMs });
}

/** A worker as a process of its own. */
function startWorker(): ChildProcess {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const env = { PATH: process.env['PATH'], ...world.environment };
  return spawn(process.execPath, ['--import', 'tsx', main, 'worker'], { env, stdio: 'ignore' });
}

/** Ends a process as the machine's end would. */
async function killed(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
