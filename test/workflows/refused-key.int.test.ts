import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import type { PollPlan } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const refused = () =>
  Promise.reject(
    ApplicationFailure.create({ type: 'KeyRejected', message: '401 Invalid or missing API key' }),
  );

it('a key that is refused in the middle of a sweep ends it: the patients who are left are not asked for', async () => {
  const shards = Array.from({ length: 4 }, (_, index) => ({
    ...{ afterId: index * 60, lastId: (index + 1) * 60, patients: 60 },
  }));
  const asked: number[] = [];
  const activities: Partial<Activities> = {
    planPoll: (): Promise<PollPlan> =>
      Promise.resolve({ refusal: null, mode: 'normalized', due: 160, skipped: {}, shards }),
    duePatients: ({ afterId }) =>
      Promise.resolve(Array.from({ length: 60 }, (_, index) => afterId + 1 + index)),
    studiesOf: (patientIds) => Promise.resolve(patientIds.map(() => [])),
    readFirstPages: ({ patientId }) => {
      asked.push(patientId);
      const found = { ...NO_COUNTS, seen: 2, created: 2, outcome: 'new data' } as const;
      return asked.length > 5
        ? refused()
        : Promise.resolve({ kind: 'all', found, remembered: { isAgain: false } });
    },
    recordPatientOutcome: () => Promise.resolve({ isAgain: false }),
    refusePoll: (_, refusal, tally) => Promise.resolve({ ...tally, message: refusal }),
  };
  await temporal.tell(activities, async ({ start }) => {
    const result: unknown = await (await start('poll', 'ow-poll-1')).result();
    expect(result).toMatchObject({
      message: 'ow_poll aborted: 401 Invalid or missing API key',
      created: 10,
      patients: { 'new data': 5 },
    });
  });
  expect(asked.length).toBeLessThanOrEqual(3 * 50 + 5);
}, 120_000);
