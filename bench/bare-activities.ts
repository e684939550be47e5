import type { Activities } from '../src/activities/create.js';
import { NO_COUNTS } from '../src/workflows/counts.js';
import type { PollPlan } from '../src/workflows/contract.js';

const SHARD = 250;

/** What a poll asks for, answered at once: so many patients are due, each has three new samples. */
export function bareActivities(patients: number): Partial<Activities> {
  return {
    planPoll: () => Promise.resolve(planOf(patients)),
    duePatients: ({ afterId, lastId }) =>
      Promise.resolve(Array.from({ length: lastId - afterId }, (_, index) => afterId + 1 + index)),
    studiesOf: (ids) => Promise.resolve(ids.map(() => [1])),
    readFirstPages: () =>
      Promise.resolve({
        kind: 'all',
        found: { ...NO_COUNTS, seen: 3, created: 3, outcome: 'new data' },
        remembered: { isAgain: false },
      }),
    checkConsent: () => Promise.resolve({ kind: 'skip', reason: 'not connected' }),
    readHistory: ({ from }) => Promise.resolve({ ...NO_COUNTS, seen: 344, created: 344, from }),
    concludeBackfill: () => Promise.resolve(),
    completePoll: (_pollId, _mode, tally) => Promise.resolve({ ...tally, message: '' }),
  };
}

function planOf(patients: number): PollPlan {
  const shards = Array.from({ length: Math.ceil(patients / SHARD) }, (_, index) => {
    const afterId = index * SHARD;
    const lastId = Math.min(patients, afterId + SHARD);
    return { afterId, lastId, patients: lastId - afterId };
  });
  return { refusal: null, mode: 'normalized', due: patients, shards, skipped: {} };
}
