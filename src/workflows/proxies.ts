import {
  ActivityCancellationType,
  type ActivityInterfaceFor,
  type ActivityOptions,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create.js';
import { summaries } from './summaries.js';
import { taskQueueOf } from './task-queues.js';

/** The retry profiles, each named once. */

/** Activities with these options, each on its task queue and with its summary; a call may bring a better one. */
function described(options: ActivityOptions): ActivityInterfaceFor<Activities> {
  const plain = proxyActivities<Activities>(options);
  return new Proxy(plain, {
    get(_, name: keyof Activities) {
      const taskQueue = taskQueueOf(name, workflowInfo().taskQueue);
      return proxyActivities<Activities>({ ...options, taskQueue, summary: summaries[name] })[name];
    },
  });
}

/**
 * Done in the worker that has the workflow, without a task of its own, and not tried again. It must be short; the pace of
 * Open Wearables may have it wait.
 */
export const atOnce = proxyLocalActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  retry: { maximumAttempts: 1 },
});

/** A worker tells every five seconds that it lives: after this long its activities are another one's. */
const heartbeatTimeout = '20 seconds';

/** What only an operator mends: no try within a poll changes it. */
export const UNTIL_MENDED = [
  ...['KeyRejected', 'NotConfigured'],
  ...['RawNotConfigured', 'RawStorageRefused', 'RawBucketMissing'],
];

/** Reads of Open Wearables inside a poll: a few tries, since the next poll comes anyway. */
export const polling = described({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout,
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    maximumAttempts: 5,
    nonRetryableErrorTypes: UNTIL_MENDED,
  },
});

/** Work that must happen however long the upstream is away: history, accounts, disconnects. */
export const lasting = described({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/**
 * Like `lasting`, but no waiting brings an account, and a cancelled backfill ends at once: the read hears of it at its
 * next heartbeat.
 */
export const reading = described({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout,
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '5 minutes',
    nonRetryableErrorTypes: ['AccountMissing', 'AccountLost'],
  },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** Our own database and orchestration: short, and retried until they answer. */
export const local = described({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout,
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** As `local`, in the worker that has the workflow and without a task of its own: a single statement. */
export const inPlace = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** Healing takes as long as Open Wearables does; what fails is tried again the next night. */
export const healing = described({
  startToCloseTimeout: '45 minutes',
  heartbeatTimeout,
  retry: {
    initialInterval: '10 seconds',
    backoffCoefficient: 2,
    maximumAttempts: 3,
    nonRetryableErrorTypes: ['KeyRejected', 'NotConfigured'],
  },
});

/** Comparing one patient: behind polls, before history; what still fails then is compared the next night. */
export const reconciling = described({
  priority: { priorityKey: 4 },
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout,
  retry: {
    initialInterval: '2 seconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    maximumAttempts: 6,
    nonRetryableErrorTypes: ['KeyRejected', 'NotConfigured', 'AccountLost', 'AccountMissing'],
  },
});

/** A walk along the whole audit trail; what fails is tried again the next night. */
export const walking = described({
  priority: { priorityKey: 4 },
  startToCloseTimeout: '6 hours',
  heartbeatTimeout,
  retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumAttempts: 6 },
});

/** The letter before the address goes: what is to be erased does not wait longer than this for a mail server. */
export const parting = described({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '1 minute',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2 },
});

/** Letters: tried for a day, since one that comes later helps nobody. */
export const mailing = described({
  startToCloseTimeout: '90 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});
