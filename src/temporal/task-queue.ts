import { type Client, isGrpcServiceError } from '@temporalio/client';

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
  const since = Date.now() - freshMs;
  const parts = await Promise.all((await partsOf(client, name)).map((part) => describe(client, part)));
  const pollers = parts.flatMap((part) => part.pollers);
  const fresh = pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since);
  return {
    current: parts[0]?.versioningInfo?.currentDeploymentVersion?.buildId ?? null,
    pollers: fresh.map(({ identity, deploymentOptions }) => ({
      identity: identity ?? '',
      build: deploymentOptions?.buildId || null,
    })),
  };
}

function describe(client: Client, name: string) {
  const { namespace } = client.options;
  return client.workflowService.describeTaskQueue({ namespace, taskQueue: { name } });
}

/**
 * The server divides a task queue, and each part knows only who asked there; the first one has the queue's own name.
 * Where it does not tell its parts, the first one is what can be seen.
 */
async function partsOf(client: Client, name: string): Promise<string[]> {
  try {
    const { workflowTaskQueuePartitions: parts } = await client.workflowService.listTaskQueuePartitions({
      namespace: client.options.namespace,
      taskQueue: { name },
    });
    return [name, ...parts.flatMap(({ key }) => (key && key !== name ? key : []))];
  } catch (thrown) {
    if (isGrpcServiceError(thrown)) return [name];
    throw thrown;
  }
}
