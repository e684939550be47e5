import {
  ActivityCancellationType,
  type ActivityInterfaceFor,
  type ActivityOptions,
  proxyActivities,
} from '@temporalio/workflow';
import type { Activities } from '../activities/create.js';
import { summaries } from './summaries.js';

/** The retry profiles, each named once. */

/** Activities with these options, each with its summary; a call may bring a better one. */
function described(options: ActivityOptions): ActivityInterfaceFor<Activities> {
  const plain = proxyActivities<Activities>(options);
  return new Proxy(plain, {
    get: (_, name: keyof Activities) =>
      proxyActivities<Activities>({ ...options, summary: summaries[name] })[name],
  });
}

/** A worker tells every five seconds that it lives: after this long its activities are another one's. */
const heartbeatTimeout = '20 seconds';

/** Reads of Open Wearables inside a poll: a few tries, since the next poll comes anyway. */
export const polling = described({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout,
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    maximumAttempts: 5,
    nonRetryableErrorTypes: [
      ...['KeyRejected', 'NotConfigured'],
      ...['RawNotConfigured', 'RawStorageRefused', 'RawBucketMissing'],
    ],
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
