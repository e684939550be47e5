import {
  isGrpcServiceError,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ids } from '../workflows/contract.js';
import { upstreamQueueOf } from '../workflows/task-queues.js';
import { ensurePollSchedule, type PollPace, type Where } from './schedule.js';
import { type Kind, lookAtTaskQueue } from './task-queue.js';

/** What runs by the clock, by the id of its schedule. */
export const schedules = {
  ...{ poll: ids.pollSchedule, reconcile: ids.reconcile, heal: ids.heal, audit: ids.audit },
} as const;
export type ScheduleName = keyof typeof schedules;
export const scheduleNames = Object.keys(schedules) as readonly ScheduleName[];

export interface ScheduleState {
  readonly name: ScheduleName;
  readonly state: 'on' | 'paused' | 'missing';
  /** What whoever paused it wrote. */
  readonly note: string;
  readonly nextAt: Date | null;
  readonly lastAt: Date | null;
  /** Runs that did not begin: one was running still, or Temporal was away for longer than is made up for. */
  readonly skipped: { readonly overlap: number; readonly catchup: number };
}

/**
 * `silent`: the last one that was seen does not answer. `no calls`: workflows run, but nobody takes their calls of others'
 * servers, as workers of an earlier version do not.
 */
export interface WorkerState {
  readonly state: 'answers' | 'silent' | 'none' | 'no calls';
  /** Processes that asked for new work lately; those of a version that gets none do not count. */
  readonly workers: number;
}

/** What operators ask of Temporal itself. */
export type Oversight = ReturnType<typeof createOversight>;

const PATIENCE_MS = 4_000;
/** Known to every workflow, whatever its version. */
const METADATA_QUERY = '__temporal_workflow_metadata';
/** gRPC: CANCELLED, DEADLINE_EXCEEDED, FAILED_PRECONDITION, UNAVAILABLE. */
const UNANSWERED: ReadonlySet<number> = new Set([1, 4, 9, 14]);

export function createOversight(where: Where) {
  const { client, taskQueue } = where;
  const handleOf = (name: ScheduleName) => client.schedule.getHandle(schedules[name]);

  async function schedule(name: ScheduleName): Promise<ScheduleState> {
    try {
      const { state, info } = await handleOf(name).describe();
      return {
        ...{ name, state: state.paused ? 'paused' : 'on', note: state.note ?? '' },
        nextAt: state.paused ? null : (info.nextActionTimes[0] ?? null),
        lastAt: info.recentActions.at(-1)?.takenAt ?? null,
        skipped: { overlap: info.numActionsSkippedOverlap, catchup: info.numActionsMissedCatchupWindow },
      };
    } catch (thrown) {
      if (!(thrown instanceof ScheduleNotFoundError)) throw thrown;
      const skipped = { overlap: 0, catchup: 0 };
      return { name, state: 'missing', note: '', nextAt: null, lastAt: null, skipped };
    }
  }

  /** Whether a worker answers for the newest poll; undefined when there is no poll to ask about. */
  async function answers(): Promise<boolean | undefined> {
    const { info } = await handleOf('poll').describe();
    const newest = info.recentActions.at(-1)?.action.workflow.workflowId;
    if (newest === undefined) return undefined;
    try {
      const handle = client.workflow.getHandle(newest);
      await client.withDeadline(Date.now() + PATIENCE_MS, () => handle.query(METADATA_QUERY));
      return true;
    } catch (thrown) {
      if (thrown instanceof WorkflowNotFoundError) return undefined;
      const cause = thrown instanceof ServiceError ? thrown.cause : undefined;
      // Whatever else it says, somebody said it.
      return !(isGrpcServiceError(cause) && UNANSWERED.has(cause.code));
    }
  }

  async function workersLately(name: string, of: Kind): Promise<number> {
    const { current, pollers } = await lookAtTaskQueue(client, name, { of });
    const takeNewWork = pollers.filter(({ build }) => build === current);
    return new Set(takeNewWork.map(({ identity }) => identity)).size;
  }

  /** Processes that asked lately for runs of workflows, and for calls of others' servers. */
  async function pollers(): Promise<{ readonly runs: number; readonly calls: number }> {
    const [runs, calls] = await Promise.all([
      workersLately(taskQueue, 'workflows'),
      workersLately(upstreamQueueOf(taskQueue), 'activities'),
    ]);
    return { runs, calls };
  }

  return {
    pollers,

    schedules: () => Promise.all(scheduleNames.map(schedule)),

    /** Asks the newest poll, since the server remembers a worker long after it is gone. */
    async worker(): Promise<WorkerState> {
      const { runs: workers, calls: ofCalls } = await pollers();
      if (workers === 0) return { state: 'none', workers };
      const isAnswered = await answers().catch((thrown: unknown) => {
        if (thrown instanceof ScheduleNotFoundError) return undefined;
        throw thrown;
      });
      if (isAnswered === false) return { state: 'silent', workers };
      return { state: ofCalls === 0 ? 'no calls' : 'answers', workers };
    },

    /** Patients whose history is being read back, the newest request first. */
    async runningBackfills(limit: number): Promise<number[]> {
      const query = "WorkflowType = 'backfill' and ExecutionStatus = 'Running'";
      const patientIds: number[] = [];
      for await (const { workflowId } of client.workflow.list({ query, pageSize: limit })) {
        patientIds.push(Number(workflowId.split('/')[1]));
        if (patientIds.length === limit) break;
      }
      return patientIds;
    },

    async pause(name: ScheduleName, note: string): Promise<void> {
      await handleOf(name).pause(note);
    },
    async resume(name: ScheduleName, note: string): Promise<void> {
      await handleOf(name).unpause(note);
    },
    /** Lets polls come as these settings say, at once. */
    pollAsSet: (pace: PollPace) => ensurePollSchedule(where, pace),
    /** Starts it now, unless a run of it is under way. */
    async trigger(name: ScheduleName): Promise<void> {
      await handleOf(name).trigger(ScheduleOverlapPolicy.SKIP);
    },
  };
}
