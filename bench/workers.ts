import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { startTemporal } from '../dev/servers/temporal.js';
import { createLogger } from '../src/logger.js';
import { connectTemporal } from '../src/temporal/connection.js';
import { installRuntime } from '../src/temporal/runtime.js';
import type { PollResult } from '../src/workflows/contract.js';
import { bareActivities } from './bare-activities.js';
import { hashLoop } from './calibration.js';
import { peaksOf } from './processes.js';
import { FOUR_QUEUES, ONE_QUEUE } from './queue-interceptors.js';
import { inRounds, ratioOf, type Piece } from './rounds.js';

const AS_IT_IS = 'as it is';
/** What is tried instead, one thing at a time. */
const VARIANTS: Readonly<Record<string, Partial<WorkerOptions>>> = {
  [AS_IT_IS]: {},
  [ONE_QUEUE]: {},
  [FOUR_QUEUES]: {},
  '2 pollers each': { maxConcurrentWorkflowTaskPolls: 2, maxConcurrentActivityTaskPolls: 2 },
  '20 pollers each': { maxConcurrentWorkflowTaskPolls: 20, maxConcurrentActivityTaskPolls: 20 },
  '10 slots for activities': { maxConcurrentActivityTaskExecutions: 10 },
  '500 slots for activities': { maxConcurrentActivityTaskExecutions: 500 },
  '20 workflows cached': { maxCachedWorkflows: 20 },
  '1000 workflows cached': { maxCachedWorkflows: 1000 },
  'sticky for 1 s': { stickyQueueScheduleToStartTimeout: '1 second' },
};

export interface WorkersSize {
  readonly wearers: number;
  readonly rounds: number;
}

/** A tick's workflows, whose activities do nothing, by workers with other options: in turn, in one run. */
export async function benchWorkers({ wearers: patients, rounds }: WorkersSize) {
  installRuntime(createLogger({ level: 'silent' }));
  const server = await startTemporal({ uiPort: null, say: () => undefined });
  const address = { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'default' };
  const { client, close } = await connectTemporal({ ...address, SITE_URL: 'http://localhost:8001' });
  const connection = await NativeConnection.connect({ address: server.address });
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: here('./fan-out.ts'),
    workflowInterceptorModules: [here('./queue-interceptors.ts')],
    logger: new DefaultLogger('ERROR'),
  });
  const activities = bareActivities(patients);
  let ticks = 0;

  function piece(name: string, options: Partial<WorkerOptions>): Piece {
    const taskQueue = name.replaceAll(' ', '-');
    const queues = [
      taskQueue,
      `${taskQueue}-upstream`,
      ...(name === FOUR_QUEUES ? [`${taskQueue}-database`] : []),
    ];
    const common = { connection, activities, maxCachedWorkflows: 200, ...options };
    let running: { readonly workers: readonly Worker[]; readonly ended: Promise<unknown> } | undefined;
    return {
      async ready() {
        const workers = await Promise.all(
          queues.map((queue, index) =>
            Worker.create({ ...common, taskQueue: queue, ...(index === 0 ? { workflowBundle } : {}) }),
          ),
        );
        running = { workers, ended: Promise.all(workers.map((worker) => worker.run())) };
      },
      async work() {
        ticks += 1;
        const { patients: read } = await client.workflow.execute<() => Promise<PollResult>>('poll', {
          ...{ taskQueue, workflowId: `ow-poll-workers-${ticks}` },
        });
        return read['new data'];
      },
      async check() {
        for (const worker of running?.workers ?? []) worker.shutdown();
        await running?.ended;
      },
    };
  }
  try {
    const pids = { worker: process.pid, ...(server.pid !== null && { Temporal: server.pid }) };
    const pieces = Object.entries(VARIANTS).map(([name, options]) => [name, piece(name, options)] as const);
    const rates = await inRounds({ 'hash loop': hashLoop, ...Object.fromEntries(pieces) }, { rounds, pids });
    return {
      unit: `patients a second, of ticks with ${patients} whose activities do nothing`,
      rates,
      ratios: Object.fromEntries(
        Object.keys(VARIANTS)
          .filter((name) => name !== AS_IT_IS)
          .map((name) => [`${name} to ${AS_IT_IS}`, ratioOf(rates, name, AS_IT_IS)]),
      ),
      megabytes: peaksOf(pids),
    };
  } finally {
    await connection.close();
    await close();
    await server.stop();
  }
}
