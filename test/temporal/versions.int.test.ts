import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { startTemporal, type TemporalServer } from '../../dev/servers/temporal.js';
import type { Activities } from '../../src/activities/create.js';
import { createEvents } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import { createMetrics } from '../../src/telemetry.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { createOversight } from '../../src/temporal/oversight.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { FRESH_MS, lookAtTaskQueue } from '../../src/temporal/task-queue.js';
import { deploymentOf, keepingVersion } from '../../src/temporal/versions.js';
import { type Bundle, type RunningWorker, startWorker } from '../../src/temporal/worker.js';
import type { PollPlan } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { gate } from '../workflows/gate.js';
import { changedWorkflows } from './changed-workflows.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** Soon enough for a test: a worker counts as gone when it has not asked for so long. */
const SOON = { everyMs: 500, freshMs: 2_000 };
const RARELY = { everyMs: 60_000, freshMs: FRESH_MS };
/** What the later version does besides: unguarded in a short workflow, guarded in a long one. */
const LATER = [
  {
    file: 'poll-patient.ts',
    from: 'const first = await atOnce.readFirstPages({',
    to: 'await local.takeNudge(patientId); const first = await atOnce.readFirstPages({',
  },
  {
    file: 'disconnect.ts',
    from: "const tell = stages('Ends the connection at Open Wearables');",
    to: `const tell = stages('Ends the connection at Open Wearables');
      if (patched('takes the nudge')) await local.takeNudge(input.patientId);`,
  },
  {
    file: 'disconnect.ts',
    from: 'import type { DisconnectInput',
    to: "import { patched } from '@temporalio/workflow';\nimport type { DisconnectInput",
  },
];

let server: TemporalServer;
let client: Client;
let closeClient: () => Promise<void>;
let later: Bundle;
const running = new Set<RunningWorker>();

beforeAll(async () => {
  const logger = createLogger({ level: 'silent' });
  installRuntime(logger);
  later = await changedWorkflows(LATER);
  server = await startTemporal({ uiPort: null, say: () => undefined });
  ({ client, close: closeClient } = await connectTemporal(addressOf(server)));
});
afterEach(async () => {
  for (const worker of running) await worker.stop();
  running.clear();
});
afterAll(async () => {
  await closeClient();
  await server.stop();
});

function addressOf({ address }: TemporalServer) {
  return {
    ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' },
    SITE_URL: 'http://localhost:8001',
  };
}

/** Workers of versions that share a task queue, and what their activities did: `old checkConsent`. */
function versions() {
  const taskQueue = randomUUID();
  const done: string[] = [];
  const way = gate();
  const events = createEvents(createLogger({ level: 'silent' }), createMetrics({ processMetrics: false }));
  /** Waits until the test says so, or the worker stops. */
  const held = () => Promise.race([way.opened, Context.current().cancelled]);
  const activitiesOf = (name: string): Partial<Activities> => {
    const did = (what: string) => Promise.resolve(done.push(`${name} ${what}`));
    return {
      planPoll: (): Promise<PollPlan> =>
        Promise.resolve({
          ...{ refusal: null, mode: 'normalized', due: 1, skipped: {} },
          shards: [{ afterId: 0, lastId: 1, patients: 1 }],
        }),
      duePatients: () => Promise.resolve([1]),
      studiesOf: () => Promise.resolve([[]]),
      readFirstPages: async ({ patientId }) => {
        await did('readFirstPages');
        const read = { patientId, dataTypes: [], legs: [], to: null };
        return { kind: 'more', counts: NO_COUNTS, allowed: { kind: 'read', mode: 'normalized', read } };
      },
      readSamples: async () => {
        await did('readSamples');
        await held();
        return NO_COUNTS;
      },
      takeNudge: async () => {
        await did('takeNudge');
      },
      recordPatientOutcome: async () => {
        await did('recordPatientOutcome');
        return { isAgain: false };
      },
      completePoll: (_, message, tally) => Promise.resolve({ ...tally, message }),
      disconnectProvider: async () => {
        await did('disconnectProvider');
        await held();
        return 'disconnected';
      },
    };
  };
  const start = async (
    name: 'old' | 'new' | null,
    { everyMs, freshMs } = { everyMs: 500, freshMs: FRESH_MS },
  ): Promise<RunningWorker> => {
    const bundle = name === 'new' ? later : { code: inject('workflowBundle'), sourceMap: '' };
    const worker = await startWorker({
      config: { ...addressOf(server), TEMPORAL_TASK_QUEUE: taskQueue },
      ...{ activities: activitiesOf(name ?? 'none'), events, bundle, build: name, graceMs: 100 },
    });
    const pace = { everyMs, freshMs };
    const kept = await keepingVersion(worker, { client, taskQueue, build: name, events, pace });
    running.add(kept);
    return kept;
  };
  const begin = (type: string, input?: unknown) =>
    client.workflow.start(type, {
      ...{ taskQueue, workflowId: `${type}-${randomUUID()}` },
      args: input === undefined ? [] : [input],
    });
  return {
    ...{ start, done, way, taskQueue },
    poll: () => begin('poll'),
    disconnect: () => begin('disconnect', { patientId: 1, provider: 'oura', asked: true }),
    has: (what: string) => until(what, () => Promise.resolve(done.includes(what))),
    /** The server tells its parts of a task queue of it one by one. */
    getsNewWork: (name: string | null) =>
      until(`new work goes to ${String(name)}`, async () => {
        const { current, pollers } = await lookAtTaskQueue(client, taskQueue);
        return current === name && pollers.some(({ build }) => build === name);
      }),
  };
}

/** Versions that went on with a run, in order; a step that went another way than before would be `failed`. */
async function wayOf(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  const steps = (events ?? []).flatMap(
    ({ workflowTaskCompletedEventAttributes: completed, workflowTaskFailedEventAttributes: failed }) => {
      if (failed) return ['failed'];
      return completed ? [completed.deploymentVersion?.buildId || 'none'] : [];
    },
  );
  return steps.filter((step, index) => step !== steps[index - 1]);
}

it('beside newer code, short runs end on the code that began them, and long ones go on with the newer', async () => {
  const { start, poll, disconnect, done, way, has, getsNewWork } = versions();
  await start('old');
  const [shortRun, longRun] = [await poll(), await disconnect()];
  await has('old readSamples');
  await has('old disconnectProvider');
  await start('new');
  await getsNewWork('new');
  way.open();

  expect(await shortRun.result()).toMatchObject({ patients: { 'nothing new': 1 } });
  expect(await longRun.result()).toBe('disconnected');
  expect(await wayOf(shortRun)).toEqual(['old']);
  expect(await wayOf(longRun)).toEqual(['old', 'new']);
  expect([...done].sort()).toEqual([
    'old disconnectProvider',
    'old readFirstPages',
    'old readSamples',
    'old recordPatientOutcome',
  ]);

  // What begins now is the newer version's, also when a process of the older one is restarted.
  await start('old');
  const [laterShort, laterLong] = [await poll(), await disconnect()];
  await Promise.all([laterShort.result(), laterLong.result()]);
  expect([await wayOf(laterShort), await wayOf(laterLong)]).toEqual([['new'], ['new']]);
  expect(done.filter((what) => what === 'new takeNudge')).toHaveLength(2);
});

it('an upgrade that stops the old workers first loses nothing: their polls end, all else goes on', async () => {
  const { start, poll, disconnect, done, way, has, taskQueue } = versions();
  const old = await start('old');
  const [shortRun, longRun] = [await poll(), await disconnect()];
  await has('old readSamples');
  await has('old disconnectProvider');
  await old.stop();
  way.open();
  await start('new', SOON);

  await expect(shortRun.result()).rejects.toThrow();
  expect((await shortRun.describe()).status.name).toBe('TERMINATED');
  expect(await longRun.result()).toBe('disconnected');
  expect(await wayOf(longRun)).toEqual(['old', 'new']);
  expect(await (await poll()).result()).toMatchObject({ patients: { 'nothing new': 1 } });
  expect(done).toContain('new recordPatientOutcome');
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'`;
  await until('nothing runs any more', async () => (await client.workflow.count(query)).count === 0);
});

it('going back, and turning versions off, leaves no work without a worker', async () => {
  const { start, poll, way, getsNewWork } = versions();
  way.open();
  await (await start('old')).stop();
  const newer = await start('new');
  await getsNewWork('new');
  await newer.stop();
  await start('old', SOON);
  await getsNewWork('old');
  const back = await poll();
  await back.result();
  expect(await wayOf(back)).toEqual(['old']);
  for (const worker of running) await worker.stop();
  await start(null, SOON);
  await getsNewWork(null);
  const off = await poll();
  await off.result();
  expect(await wayOf(off)).toEqual(['none']);
});

it('workers of a version that gets no new work do not count', async () => {
  const { start, taskQueue } = versions();
  const oversight = createOversight({ client, taskQueue, siteUrl: 'http://localhost:8001' });
  await start('old', RARELY);
  // The server tells the two task queues of it one by one.
  await until('both queues are served', async () => (await oversight.worker()).state === 'answers');
  expect(await oversight.worker()).toEqual({ state: 'answers', workers: 1 });
  await client.workflowService.setWorkerDeploymentCurrentVersion({
    ...{ namespace: 'default', deploymentName: deploymentOf(taskQueue), buildId: '' },
  });
  await until('they get none', async () => (await lookAtTaskQueue(client, taskQueue)).current === null);
  expect(await oversight.worker()).toEqual({ state: 'none', workers: 0 });
});
