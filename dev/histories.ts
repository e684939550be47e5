import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { pino } from 'pino';
import { markEverybodyDue } from '../src/db/due-patients.js';
import { endConnection } from '../src/connection-endings.js';
import { ensureDemoPatients } from '../src/db/seed/demo-patients.js';
import { connectTemporal } from '../src/temporal/connection.js';
import { version } from '../src/version.js';
import { field, shapes, type Run } from './history-shapes.js';
import { performJourney } from './journey/journey.js';
import { STUDY } from './journey/stage.js';
import { until } from './journey/until.js';
import type { Sandbox } from './open-wearables/sandbox.js';
import { playErasures } from './play-erasures.js';
import { playAttempts, playInvitations, playLetters } from './play-invitations.js';
import { playNights } from './play-nights.js';
import { freePort } from './servers/ports.js';
import { startWorld, type World } from './world.js';

/**
 * Records one history per workflow and control-flow shape from real runs into `test/histories`; for a release, with
 * `--release`, all of them once more into a folder of its version. A history that exists is kept: a replay that fails is
 * a bug in the change, never a reason to record again. Delete a file by hand to have it recorded anew.
 */

const RELEASE = process.argv.includes('--release') ? `${version}/` : '';
const FOLDER = fileURLToPath(new URL(`../test/histories/${RELEASE}`, import.meta.url));
const DAY_MS = 86_400_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The journey, then everything it does not come by. */
async function play(world: World, sandbox: Sandbox): Promise<void> {
  const { app } = world;
  const [first, second, third] = await ensureDemoPatients(app.sql, { ...STUDY, count: 3 });
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('the demonstration patients are missing');
  const report = ({ title }: { title: string }) => {
    say(`  ${title}`);
  };
  await performJourney({ world, sandbox, patientId: first.id, report });
  await app.orchestration.pauseSchedule('every poll is asked for');
  await playPolls(world, sandbox, first.id, second.id);
  await playNights(world, sandbox);
  await playBackfills(world, first.id);
  await playLongBackfills(world, sandbox, first.id);
  await app.orchestration.disconnect({ patientId: first.id, provider: 'oura', asked: false });
  await endConnection(app, { patientId: first.id, provider: 'oura', asked: true, purge: true });
  await playLetters(world, first.id, second.id);
  await Promise.all([playInvitations(world, second.id), playAttempts(world, second.id)]);
  await playErasures(world, sandbox, third.id, first.id);
}

async function playPolls({ app }: World, sandbox: Sandbox, connected: number, other: number): Promise<void> {
  const { orchestration, settings, sql } = app;
  const poll = async () => {
    await markEverybodyDue(sql);
    const workflowId = await until('no other poll runs', () => orchestration.triggerPoll());
    return orchestration.pollResult(workflowId);
  };
  const samples = { path: /timeseries/ };
  await orchestration.pollPatientNow(other, 'recorder');
  sandbox.control.faults.failNext(samples, { status: 404 });
  await orchestration.pollPatientNow(connected, 'recorder');
  sandbox.control.faults.failNext(samples, { status: 500, delayMs: 3_000 });
  await orchestration.pollPatient(connected, 'recorder');
  await poll();
  await until('the slow read is over', async () => !(await orchestration.isReading(connected)));
  sandbox.control.faults.failNext(samples, { status: 500, delayMs: 3_000 });
  await orchestration.nudge(connected);
  await pause(1_000);
  await orchestration.nudge(connected);
  await until('the nudged reads are over', async () => !(await orchestration.isReading(connected)));
  await settings.write('ow.poll_batch', '25', null);
  await poll();
  await settings.write('ow.poll_batch', '0', null);
  await settings.write('module.ow', 'false', null);
  await poll();
  await settings.write('module.ow', 'true', null);
  sandbox.control.faults.failNext(
    { path: /./ },
    { status: 401, body: '{"detail":"Invalid or missing API key"}' },
  );
  await poll();
  sandbox.control.faults.clear();
  sandbox.control.faults.failNext(samples, { status: 401, body: '{"detail":"Invalid or missing API key"}' });
  await poll();
  await until('a poll reads nobody', async () => {
    const workflowId = await until('no other poll runs', () => orchestration.triggerPoll());
    const { patients } = await orchestration.pollResult(workflowId);
    return patients['new data'] + patients['nothing new'] === 0;
  });
}

async function playBackfills({ app: { orchestration } }: World, patientId: number): Promise<void> {
  const to = new Date();
  const span = { from: new Date(to.getTime() - 30 * DAY_MS).toISOString(), to: to.toISOString() };
  const isIn = (state: string) => async () =>
    (await orchestration.backfillProgress(patientId))?.state === state;
  const day = new Date(to.getTime() - DAY_MS).toISOString();
  await orchestration.requestBackfill(patientId, { from: day, to: span.to });
  await until('a day is read back', isIn('done'));
  for (const [signal, end] of [
    ['resume', 'done'],
    ['cancel', 'cancelled'],
  ] as const) {
    await orchestration.requestBackfill(patientId, span);
    await orchestration.steerBackfill(patientId, 'pause');
    await until('the backfill rests', isIn('paused'));
    await orchestration.steerBackfill(patientId, signal);
    await until(`the backfill is ${end}`, isIn(end));
  }
}

/** A request that joins another in the middle of a window, a cancel there, and more windows than a run reads. */
async function playLongBackfills(
  { app: { orchestration } }: World,
  sandbox: Sandbox,
  patientId: number,
): Promise<void> {
  const now = Date.now();
  const weeks = (from: number, to = 0) => ({
    from: new Date(now - 7 * from * DAY_MS).toISOString(),
    to: new Date(now - 7 * to * DAY_MS).toISOString(),
  });
  const progress = () => orchestration.backfillProgress(patientId);
  const isIn = (state: string) => async () => (await progress())?.state === state;
  const heldInAWindow = async () => {
    sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 500, delayMs: 3_000 });
    await orchestration.requestBackfill(patientId, weeks(3));
    await until('a window is read', async () => (await progress())?.window);
  };
  await heldInAWindow();
  await orchestration.requestBackfill(patientId, weeks(4, 2));
  await until('both requests are read', isIn('done'));
  await heldInAWindow();
  await orchestration.steerBackfill(patientId, 'cancel');
  await until('the backfill is cancelled', isIn('cancelled'));
  sandbox.control.faults.clear();
  await orchestration.requestBackfill(patientId, weeks(52));
  await until('the long backfill is done', isIn('done'), 120_000);
}

/** What belongs to the machine of the recording and not to the workflow. */
function withoutMachine(json: string): string {
  const neutral = (key: string, value: unknown): unknown => {
    if (key === 'stackTrace') return undefined;
    if (key === 'identity') return 'worker';
    return key === 'stickyAttributes' ||
      (key === 'taskQueue' && field(value, 'kind') === 'TASK_QUEUE_KIND_STICKY')
      ? undefined
      : value;
  };
  return `${JSON.stringify(JSON.parse(json, neutral), null, 2)}\n`;
}

const ENDED = "ExecutionStatus = 'Completed' or ExecutionStatus = 'ContinuedAsNew'";

async function record(client: Client): Promise<void> {
  const attempts = "WorkflowType = 'connect' and ExecutionStatus = 'Running'";
  await until('all attempts are over', async () => (await client.workflow.count(attempts)).count === 0);
  await mkdir(FOLDER, { recursive: true });
  const missing = new Map(shapes.map((shape) => [shape.file, shape.fits]));
  for await (const execution of client.workflow.list({ query: ENDED })) {
    const { run, history } = await runOf(client, execution);
    for (const [file, fits] of missing) {
      if (!file.startsWith(`${execution.type}.`) || !fits(run)) continue;
      missing.delete(file);
      const target = path.join(FOLDER, `${file}.json`);
      const kept = await writeFile(target, withoutMachine(historyToJSON(history)), { flag: 'wx' }).then(
        () => 'recorded',
        () => 'kept as it is',
      );
      say(`  ${file}: ${kept} (${history.events?.length ?? 0} events)`);
    }
  }
  if (missing.size > 0) throw new Error(`no run has the shape of ${[...missing.keys()].join(', ')}`);
}

async function runOf(
  client: Client,
  execution: WorkflowExecutionInfo,
): Promise<{ run: Run; history: History }> {
  const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
  const history = await handle.fetchHistory();
  return { history, run: { result: await handle.result(), text: historyToJSON(history) } };
}

const world = await startWorld({
  ports: {
    web: await freePort(),
    openWearables: await freePort(),
    temporal: await freePort(),
    temporalUi: null,
    mail: null,
  },
  say,
  logger: pino({ level: 'silent' }),
  environment: {},
});
try {
  if (world.sandbox === undefined) throw new Error('the recorder needs the sandbox');
  await play(world, world.sandbox);
  const temporal = await connectTemporal(world.config);
  await record(temporal.client).finally(() => temporal.close());
} finally {
  await world.close();
}
