import type { Client } from '@temporalio/client';

/** A process that asked for work lately; `build` is null for a worker of no version. */
export interface Poller {
  readonly identity: string;
  readonly build: string | null;
}

export interface TaskQueue {
  /** The version that gets new work; null: workers of no version do. */
  readonly current: string | null;
  readonly pollers: readonly Poller[];
}

/** A worker asks again at least once a minute; the server remembers it for five. */
export const FRESH_MS = 75_000;

/** Who asks for the work of a task queue, and who gets it. */
export async function lookAtTaskQueue(client: Client, name: string, freshMs = FRESH_MS): Promise<TaskQueue> {
  const { pollers, versioningInfo } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
  });
  const since = Date.now() - freshMs;
  const fresh = pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since);
  return {
    current: versioningInfo?.currentDeploymentVersion?.buildId ?? null,
    pollers: fresh.map(({ identity, deploymentOptions }) => ({
      identity: identity ?? '',
      build: deploymentOptions?.buildId || null,
    })),
  };
}
