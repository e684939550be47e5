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
import type { Activities } from '../activities/create.js';
import type { Config } from '../config.js';
import type { Events } from '../events.js';
import { FailureInterceptor } from './failure-interceptor.js';
import { dataConverterOf } from './payload-codec.js';
import { PulseInterceptor } from './pulse-interceptor.js';
import { deploymentOf } from './versions.js';

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
  /** How long running activities may go on after a stop before they are cancelled. */
  readonly graceMs?: number;
}

export interface RunningWorker {
  /** Drains: no new work, what runs may end, then the connection closes. */
  stop(): Promise<void>;
  /** Settles when the worker has stopped; rejects when it broke. */
  readonly stopped: Promise<void>;
}

/** Starts a worker; it polls until it is stopped. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { config, activities, events, bundle, build = null, graceMs = 10_000 } = options;
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const worker = await Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    activities,
    maxCachedWorkflows: 200,
    shutdownGraceTime: graceMs,
    // A heartbeat tells how far a read came and hears of a cancellation: neither may wait most of a minute.
    maxHeartbeatThrottleInterval: '2 seconds',
    interceptors: {
      activity: [
        (context) => ({ inbound: new FailureInterceptor(context, events) }),
        (context) => ({ inbound: new PulseInterceptor(context) }),
      ],
    },
    ...(build !== null && { workerDeploymentOptions: ofVersion(config.TEMPORAL_TASK_QUEUE, build) }),
    ...workflowSource(bundle, dataConverterOf(config.TEMPORAL_PAYLOAD_KEYS ?? [])),
  });
  const stopped = worker.run().finally(() => connection.close());
  return {
    stopped,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped;
    },
  };
}

/** A run goes on with newer code unless its workflow says that it is pinned. */
function ofVersion(taskQueue: string, buildId: string): WorkerDeploymentOptions {
  return {
    version: { deploymentName: deploymentOf(taskQueue), buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  };
}

/** A bundle made before knows nothing of failures as payloads, so encryption makes one of its own. */
export function workflowSource(bundle: Bundle | undefined, dataConverter: DataConverter | undefined) {
  if (dataConverter !== undefined) return { workflowsPath: workflowsPath(), dataConverter };
  if (bundle !== undefined) return { workflowBundle: bundle };
  const built = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
  if (existsSync(built)) return { workflowBundle: { codePath: built } };
  return { workflowsPath: workflowsPath() };
}

/** The entry of all workflow code: TypeScript when run from sources, JavaScript after a build. */
export function workflowsPath(): string {
  const source = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('../workflows/index.js', import.meta.url));
}
