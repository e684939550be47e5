import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { between } from '../../dev/open-wearables/noise.js';
import { markEverybodyDue } from '../../src/db/due-patients.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { ids, type BackfillProgress, type PollResult } from '../../src/workflows/contract.js';
import { DAY_MS } from '../helpers/connected-patient.js';
import * as load from '../helpers/measured-load.js';
import { resting } from '../helpers/operator.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { layOutProgram, type LogLine, type Program, type WorkerProcess } from '../helpers/worker-process.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 30);
const PATIENTS = Math.ceil(Number(process.env['KILL_ROWS'] ?? 288_000) / load.ROWS_A_PATIENT);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const LONG_MS = 600_000;

vi.setConfig({ testTimeout: 3 * LONG_MS, hookTimeout: 120_000 });

let world: TestWorld;
let program: Program;
/** A connection that is not ended with those of the service. */
let watch: Sql;
let temporal: { client: Client; close: () => Promise<void> };
const patients: load.MeasuredPatient[] = [];
const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
const pages: LogLine[] = [];
const failures = new Map<unknown, number>();

beforeAll(async () => {
  world = await resting(await startTestWorld());
  // The workers of this test are processes of their own.
  await world.worker.stop();
  await world.app.settings.write('ow.requests_per_second', '1000', null);
  program = await layOutProgram(inject('workflowBundle'));
  watch = openDatabase(world.config.DATABASE_URL, 1);
  temporal = await connectTemporal(world.config);
});
afterAll(async () => {
  await temporal.close();
  await watch.end();
  await program.remove();
  await world.close();
});

it('a worker that is killed at any moment of a load loses nothing, doubles nothing, and is never ahead', async () => {
  say(`seed ${SEED}: ${ROUNDS} kills, ${PATIENTS} patients, ${PATIENTS * load.ROWS_A_PATIENT} rows`);
  const begin = performance.now();
  const passed = () => `${((performance.now() - begin) / 1000).toFixed(0)} s`;
  for (let round = 0; round < ROUNDS; round += 1) {
    const worker = await startWorker();
    const newcomers = await welcome(round);
    await amidReading(newcomers, round);
    const ended = round % 3 === 2 ? await endBackends(round) : 0;
    await worker.kill();
    expect(await load.cursorsAhead(watch, patients), `kill ${round + 1}`).toEqual([]);
    say(`${passed()}: kill ${round + 1}, ${ended} backends ended, ${await stored(patients)} rows stored`);
  }

  const worker = await startWorker();
  await welcome(ROUNDS);
  for (const { id } of patients) {
    const handle = temporal.client.workflow.getHandle(ids.backfill(id));
    const history = (await handle.result()) as BackfillProgress;
    expect(history.state).toBe('done');
    expectBalance({ ...history });
  }
  say(`${passed()}: all histories are read`);
  const last = await until('a poll reads everybody', pollOfEverybody, LONG_MS);
  expectBalance({ ...last });
  const again = await pollOfEverybody();
  expect(again).toMatchObject({ created: 0, amended: 0 });
  await worker.kill();
  say(`${passed()}: ${await stored(patients)} rows stored; attempts failed: ${told(failures)}`);

  for (const patient of patients)
    expect(await load.differences(watch, patient)).toEqual({ lost: [], doubled: [], lettersTooMany: 0 });
  expect(await load.cursorsAhead(watch, patients)).toEqual([]);
  expect(pages.length).toBeGreaterThan((PATIENTS * load.ROWS_A_PATIENT) / 100);
  for (const page of pages) expectBalance(page);
  expect(world.sandbox.control.defects).toEqual([]);
});

function startWorker(): Promise<WorkerProcess> {
  return program.start('worker', world, (line) => {
    if (line['event'] === 'page stored') pages.push(line);
    if (line['event'] === 'activity failed') count(failures, line['kind']);
  });
}

/** New patients for each worker, whose history is asked for: its first window moves their cursors page by page. */
async function welcome(round: number): Promise<load.MeasuredPatient[]> {
  const { openWearables, orchestration } = world.app;
  const span = { from: new Date(now.getTime() - 11 * DAY_MS).toISOString(), to: now.toISOString() };
  const before = patients.length;
  while (patients.length < ((round + 1) * PATIENTS) / (ROUNDS + 1)) {
    const place = { sql: watch, openWearables, sandbox: world.sandbox };
    const newcomer = await load.measuredPatient(place, patients.length + 1, now);
    patients.push(newcomer);
    await orchestration.requestBackfill(newcomer.id, span);
  }
  return patients.slice(before);
}

/** A random moment of reading, with a page or two under way; half-way a poll of everybody begins, unless one runs. */
async function amidReading(newcomers: readonly load.MeasuredPatient[], round: number): Promise<void> {
  const goal = newcomers.length * load.ROWS_A_PATIENT * between(0.1, 0.9, SEED, round, 1);
  const reached = (rows: number) =>
    until(`${rows} rows of the newcomers are stored`, async () => (await stored(newcomers)) >= rows, LONG_MS);
  await reached(Math.floor(goal / 2));
  await markEverybodyDue(watch);
  await world.app.orchestration.triggerPoll();
  await reached(Math.floor(goal));
  await pause(between(0, 200, SEED, round, 2));
}

/** Ends all connections of the service; the worker goes on for a random while. Answers how many there were. */
async function endBackends(round: number): Promise<number> {
  const ended = await watch`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await pause(between(0, 1_000, SEED, round, 3));
  return ended.length;
}

async function stored(of: readonly load.MeasuredPatient[]): Promise<number> {
  const patientIds = of.map(({ id }) => id);
  const [row] = await watch<{ count: number }[]>`
    select count(*) as count from observations where patient_id = any(${patientIds})`;
  return row?.count ?? 0;
}

/** A poll of everybody; undefined when somebody could not be read, or is being read. */
async function pollOfEverybody(): Promise<PollResult | undefined> {
  await markEverybodyDue(watch);
  const start = () => world.app.orchestration.triggerPoll();
  const workflowId = await until('no other poll runs', start, LONG_MS);
  const result = await world.app.orchestration.pollResult(workflowId);
  const { 'new data': news, 'nothing new': nothing } = result.patients;
  return news + nothing === PATIENTS ? result : undefined;
}

function expectBalance(counts: LogLine): void {
  const outcomes = ['created', 'amended', 'unchanged', 'rejected', 'withheld', 'held'];
  const sum = outcomes.reduce((total, outcome) => total + Number(counts[outcome]), 0);
  expect(sum, JSON.stringify(counts)).toBe(counts['seen']);
}

function count(counts: Map<unknown, number>, what: unknown): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function told(counts: ReadonlyMap<unknown, number>): string {
  return JSON.stringify(Object.fromEntries(counts));
}

function say(line: string): void {
  process.stdout.write(`kill: ${line}\n`);
}
