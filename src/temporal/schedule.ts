import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleOptions,
} from '@temporalio/client';
import { ids } from '../workflows/contract.js';
import type { poll } from '../workflows/poll.js';

const WORKFLOW: keyof { poll: typeof poll } = 'poll';

/**
 * Makes the poll's schedule what this version and the settings say: created when missing, updated when it differs.
 * An operator's pause is kept.
 */
export async function ensurePollSchedule(
  client: Client,
  taskQueue: string,
  everyMinutes: number,
): Promise<void> {
  const wanted = scheduleOptions(taskQueue, everyMinutes);
  const handle = client.schedule.getHandle(ids.pollSchedule);
  try {
    await handle.update((current) => ({ ...wanted, state: current.state }));
  } catch (thrown) {
    if (!(thrown instanceof ScheduleNotFoundError)) throw thrown;
    await client.schedule.create({ scheduleId: ids.pollSchedule, ...wanted }).catch(leaveToTheFirst);
  }
}

/** Another worker that starts at the same moment makes the same schedule. */
function leaveToTheFirst(thrown: unknown): void {
  if (!(thrown instanceof ScheduleAlreadyRunning)) throw thrown;
}

function scheduleOptions(taskQueue: string, everyMinutes: number) {
  return {
    spec: { intervals: [{ every: `${everyMinutes} minutes` }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '5 minutes', pauseOnFailure: false },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW,
      workflowId: ids.pollSchedule,
      taskQueue,
      args: [],
      workflowExecutionTimeout: '6 hours',
      staticSummary: 'Poll: read what is new for every due patient',
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
}
