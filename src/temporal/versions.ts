import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Events } from '../events.js';
import { FRESH_MS, lookAtTaskQueue } from './task-queue.js';
import type { RunningWorker } from './worker.js';

/** Where versions of the workflow code follow each other. `build` is this worker's; null: it is of no version. */
export interface Versioned {
  readonly client: Client;
  readonly taskQueue: string;
  readonly build: string | null;
  readonly events: Pick<
    Events,
    'versionTookOver' | 'versionStandsBack' | 'strandedRunsEnded' | 'versionUnsettled'
  >;
  /** `freshMs`: after so long without a poll a worker counts as gone. */
  readonly pace?: { readonly everyMs: number; readonly freshMs: number };
}

/** The worker deployment of a task queue, as the server knows it. */
export interface Deployment {
  readonly current: string | null;
  /** When the server saw a worker of each version first, in milliseconds. */
  readonly firstSeen: ReadonlyMap<string, number>;
}

const PACE = { everyMs: 60_000, freshMs: FRESH_MS };
const UNTIL_SEEN_MS = 200;
const LOOKS_UNTIL_SEEN = 50;
/** Temporal's own search attribute. */
const versionOfRun = defineSearchAttributeKey('TemporalWorkerDeploymentVersion', 'KEYWORD');
/** gRPC: NOT_FOUND, UNIMPLEMENTED. */
const NO_DEPLOYMENT: ReadonlySet<number> = new Set([5, 12]);
/** gRPC: NOT_FOUND, FAILED_PRECONDITION: of a worker that began a moment ago the server knows a part. */
const NOT_YET: ReadonlySet<number> = new Set([5, 9]);

/** The worker deployment's name; the server takes no dot or colon in it. */
export function deploymentOf(taskQueue: string): string {
  return taskQueue.replace(/[.:]/g, '-');
}

/**
 * Has new work go to this worker's version where it should, and keeps looking while the worker runs: a version whose
 * workers are gone holds up nothing. Settles after the first look.
 */
export async function keepingVersion(worker: RunningWorker, versioned: Versioned): Promise<RunningWorker> {
  const settle = async () => {
    try {
      return await look(versioned);
    } catch (thrown) {
      const cause = thrown instanceof ServiceError ? thrown.cause : thrown;
      if (!isGrpcServiceError(cause)) throw thrown;
      versioned.events.versionUnsettled({ code: cause.code });
      return false;
    }
  };
  for (let looks = 0; looks < LOOKS_UNTIL_SEEN && !(await settle()); looks += 1) await pause(UNTIL_SEEN_MS);
  const timer = setInterval(() => void settle(), (versioned.pace ?? PACE).everyMs);
  return {
    stopped: worker.stopped,
    async stop() {
      clearInterval(timer);
      await worker.stop();
    },
  };
}

/**
 * Whether new work should go to `mine` from now on. The newer version takes over from the older; an older one, which may
 * be a process that was restarted in the middle of an upgrade, only where the newer has no worker, as after going back.
 */
export function takesOver(
  mine: string | null,
  { current, firstSeen }: Deployment,
  alive: ReadonlySet<string>,
) {
  if (mine === current) return false;
  if (current === null) return true;
  if (!alive.has(current)) return true;
  return mine !== null && (firstSeen.get(mine) ?? 0) > (firstSeen.get(current) ?? 0);
}

/** Answers false while the server does not know this worker. */
async function look(versioned: Versioned): Promise<boolean> {
  const { client, taskQueue, build, events, pace = PACE } = versioned;
  const deployment = await deploymentAt(client, taskQueue);
  if (build !== null && deployment?.firstSeen.has(build) !== true) return false;
  if (deployment === undefined) return true;
  const { pollers } = await lookAtTaskQueue(client, taskQueue, { freshMs: pace.freshMs });
  const alive = new Set(pollers.flatMap((poller) => poller.build ?? []));
  const { current } = deployment;
  if (takesOver(build, deployment, alive)) {
    if (!(await makeCurrent(versioned))) return false;
    events.versionTookOver({ build, before: current });
  } else if (build !== current) {
    events.versionStandsBack({ build, current });
    return true;
  }
  const count = await endStranded(versioned, alive);
  if (count > 0) events.strandedRunsEnded({ count });
  return true;
}

async function deploymentAt(client: Client, taskQueue: string): Promise<Deployment | undefined> {
  try {
    const { workerDeploymentInfo: info } = await client.workflowService.describeWorkerDeployment({
      namespace: client.options.namespace,
      deploymentName: deploymentOf(taskQueue),
    });
    const versions = info?.versionSummaries ?? [];
    return {
      current: info?.routingConfig?.currentDeploymentVersion?.buildId ?? null,
      firstSeen: new Map(
        versions.map(({ deploymentVersion, createTime }) => [
          deploymentVersion?.buildId ?? '',
          Number(createTime?.seconds ?? 0) * 1000 + (createTime?.nanos ?? 0) / 1e6,
        ]),
      ),
    };
  } catch (thrown) {
    if (isGrpcServiceError(thrown) && NO_DEPLOYMENT.has(thrown.code)) return undefined;
    throw thrown;
  }
}

/** Answers false where it is too early. */
async function makeCurrent({ client, taskQueue, build }: Versioned): Promise<boolean> {
  try {
    await client.workflowService.setWorkerDeploymentCurrentVersion({
      namespace: client.options.namespace,
      deploymentName: deploymentOf(taskQueue),
      buildId: build ?? '',
      identity: client.options.identity,
    });
    return true;
  } catch (thrown) {
    if (isGrpcServiceError(thrown) && NOT_YET.has(thrown.code)) return false;
    throw thrown;
  }
}

/**
 * Ends runs that belong to one version whose workers are gone: nobody else goes on with them, and while a poll stands
 * the next one does not begin. What they were to read is still due.
 */
async function endStranded(
  { client, taskQueue, build }: Versioned,
  alive: ReadonlySet<string>,
): Promise<number> {
  const version = `${deploymentOf(taskQueue)}:`;
  const query = `TemporalWorkerDeployment = '${deploymentOf(taskQueue)}' and ExecutionStatus = 'Running'
    and TemporalWorkflowVersioningBehavior = 'Pinned' and TemporalWorkerDeploymentVersion != '${version}${build ?? ''}'`;
  let ended = 0;
  for await (const { workflowId, runId, typedSearchAttributes } of client.workflow.list({ query })) {
    const belongsTo = (typedSearchAttributes.get(versionOfRun) ?? '').slice(version.length);
    if (alive.has(belongsTo)) continue;
    try {
      await client.workflow.getHandle(workflowId, runId).terminate('no worker of its version is left');
      ended += 1;
    } catch (thrown) {
      // A child ends with its parent.
      if (!(thrown instanceof WorkflowNotFoundError)) throw thrown;
    }
  }
  return ended;
}
