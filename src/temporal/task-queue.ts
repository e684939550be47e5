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

export type Kind = 'workflows' | 'activities';

/** What a request says of the kind of work: numbers of Temporal's TaskQueueType, which its client does not name. */
const saidOf: Readonly<Record<Kind, object>> = {
  workflows: { taskQueueType: 1 },
  activities: { taskQueueType: 2 },
};

interface Look {
  /** After so long without asking for work a worker counts as gone. */
  readonly freshMs?: number;
  /** What is waited for: a worker may ask for one kind of work only. */
  readonly of?: Kind;
}

/** Who asks for the work of a task queue, and who gets it. */
export async function lookAtTaskQueue(
  client: Client,
  name: string,
  { freshMs = FRESH_MS, of = 'workflows' }: Look = {},
): Promise<TaskQueue> {
  const since = Date.now() - freshMs;
  const names = await partsOf(client, name, of);
  const parts = await Promise.all(names.map((part) => describe(client, part, of)));
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

function describe(client: Client, name: string, of: Kind) {
  const { namespace } = client.options;
  return client.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, ...saidOf[of] });
}

/**
 * The server divides a task queue, and each part knows only who asked there; the first one has the queue's own name.
 * Where it does not tell its parts, the first one is what can be seen.
 */
async function partsOf(client: Client, name: string, of: Kind): Promise<string[]> {
  try {
    const { workflowTaskQueuePartitions, activityTaskQueuePartitions } =
      await client.workflowService.listTaskQueuePartitions({
        namespace: client.options.namespace,
        taskQueue: { name },
      });
    const parts = of === 'workflows' ? workflowTaskQueuePartitions : activityTaskQueuePartitions;
    return [name, ...parts.flatMap(({ key }) => (key && key !== name ? key : []))];
  } catch (thrown) {
    if (isGrpcServiceError(thrown)) return [name];
    throw thrown;
  }
}
