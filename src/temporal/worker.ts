import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import {
  NativeConnection,
  Worker,
  type WorkerDeploymentOptions,
  type WorkflowBundle,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Context } from '@temporalio/activity';
import type { Activities } from '../activities/create.js';
import type { Config } from '../config.js';
import type { Events } from '../events.js';
import { type Tracing, untraced } from '../tracing.js';
import { upstreamQueueOf } from '../workflows/task-queues.js';
import { FailureInterceptor } from './failure-interceptor.js';
import { dataConverterOf } from './payload-codec.js';
import { PulseInterceptor } from './pulse-interceptor.js';
import { ToldInterceptor } from './told-interceptor.js';
import { deploymentOf } from './versions.js';
import { workflowsPath } from './workflows-path.js';

export type Bundle = WorkflowBundle | WorkflowBundleWithSourceMap;

export interface WorkerOptions {
  readonly config: Pick<Config, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'TEMPORAL_TASK_QUEUE'> &
    Partial<Pick<Config, 'TEMPORAL_PAYLOAD_KEYS'>>;
  readonly activities: Partial<Activities>;
  readonly events: Events;
  /** A bundle made before; else the one of the build, else one is made from the sources. */
  readonly bundle?: Bundle | undefined;
  /** The version it is a worker of; null or absent: of none. */
  readonly build?: string | null;
  readonly tracing?: Pick<Tracing, 'ids' | 'temporal'>;
  /** How long running activities may go on after a stop before they are cancelled. */
  readonly graceMs?: number;
}

export interface RunningWorker {
  /** Drains: no new work, what runs may end, then the connection closes. */
  stop(): Promise<void>;
  /** Settles when the worker has stopped; rejects when it broke. */
  readonly stopped: Promise<void>;
}

/** A patient who is read holds a workflow's task open meanwhile: more of them than a poll reads at once. */
const WORKFLOWS_AT_ONCE = 200;
/** Many more than there are connections to Open Wearables: more would hold pages in memory and tell that they wait. */
const UPSTREAM_AT_ONCE = 32;

/**
 * Starts a worker of the workflows and the activities beside them, and one of the calls of others' servers; both poll
 * until they are stopped. Each knows all activities, since an earlier version scheduled them on the workflows' queue.
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { config, activities, events, bundle, build = null, graceMs = 10_000, tracing = untraced } = options;
  const traced = tracing.temporal;
  const { TEMPORAL_TASK_QUEUE: taskQueue, TEMPORAL_PAYLOAD_KEYS: keys = [] } = config;
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const dataConverter = dataConverterOf(keys);
  const common = {
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    activities,
    shutdownGraceTime: graceMs,
    // A heartbeat tells how far a read came and hears of a cancellation: neither may wait most of a minute.
    maxHeartbeatThrottleInterval: '2 seconds',
    interceptors: {
      activity: [
        // Outermost, so that what is logged knows the trace, and a failure has its fixed text already.
        ...(traced ? [traced.activity] : []),
        (context: Context) => ({ inbound: new ToldInterceptor(context, events, tracing) }),
        (context: Context) => ({ inbound: new FailureInterceptor(context, events) }),
        (context: Context) => ({ inbound: new PulseInterceptor(context) }),
      ],
    },
    ...(build !== null && { workerDeploymentOptions: ofVersion(taskQueue, build) }),
  };
  const workers = [
    await Worker.create({
      ...common,
      taskQueue,
      maxCachedWorkflows: WORKFLOWS_AT_ONCE,
      maxConcurrentWorkflowTaskExecutions: WORKFLOWS_AT_ONCE,
      maxConcurrentLocalActivityExecutions: WORKFLOWS_AT_ONCE,
      ...workflowSource(bundle, dataConverter, traced !== undefined),
      ...(traced && {
        interceptors: { ...common.interceptors, workflowModules: traced.workflowModules },
        sinks: traced.sinks,
      }),
    }),
    await Worker.create({
      ...common,
      taskQueue: upstreamQueueOf(taskQueue),
      maxConcurrentActivityTaskExecutions: UPSTREAM_AT_ONCE,
      ...(dataConverter && { dataConverter }),
    }),
  ];
  const stopped = run(workers).finally(() => connection.close());
  return {
    stopped,
    async stop() {
      shutDown(workers);
      await stopped;
    },
  };
}

/** Until all have stopped; one that breaks stops the others, and its error is thrown then. */
async function run(workers: readonly Worker[]): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  try {
    await Promise.all(runs);
  } finally {
    shutDown(workers);
    await Promise.allSettled(runs);
  }
}

function shutDown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** A run goes on with newer code unless its workflow says that it is pinned. */
function ofVersion(taskQueue: string, buildId: string): WorkerDeploymentOptions {
  return {
    version: { deploymentName: deploymentOf(taskQueue), buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  };
}

/** A bundle made before knows nothing of failures as payloads nor of traces, so encryption and tracing make their own. */
export function workflowSource(
  bundle: Bundle | undefined,
  dataConverter: DataConverter | undefined,
  isTraced = false,
) {
  if (dataConverter !== undefined) return { workflowsPath: workflowsPath(), dataConverter };
  if (isTraced) return { workflowsPath: workflowsPath() };
  if (bundle !== undefined) return { workflowBundle: bundle };
  const built = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
  if (existsSync(built)) return { workflowBundle: { codePath: built } };
  return { workflowsPath: workflowsPath() };
}
