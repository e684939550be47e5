import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/create.js';

/** The retry profiles, each named once. */

/** Reads of Open Wearables inside a poll: a few tries, since the next poll comes anyway. */
export const polling = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '60 seconds',
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    maximumAttempts: 5,
    nonRetryableErrorTypes: ['KeyRejected', 'NotConfigured'],
  },
});

/** Work that must happen however long the upstream is away: history, accounts, disconnects. */
export const lasting = proxyActivities<Activities>({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '60 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Our own database and orchestration: short, and retried until they answer. */
export const local = proxyActivities<Activities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
