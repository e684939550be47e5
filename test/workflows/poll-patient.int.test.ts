import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { ids, type PollPatientResult } from '../../src/workflows/contract.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

/** A patient with one new observation in the first read; `meanwhile` happens during each read. */
function patient(meanwhile: () => Promise<void> = () => Promise.resolve()) {
  const done: string[] = [];
  const reads = () => done.filter((step) => step === 'read').length;
  const activities: Partial<Activities> = {
    takeNudge: () => Promise.resolve(void done.push('nudge taken')),
    checkConsent: (patientId) =>
      Promise.resolve({
        kind: 'read',
        mode: 'normalized',
        read: {
          ...{ patientId, dataTypes: ['heart_rate'], to: null },
          legs: [{ feeds: ['heart_rate'], from: '2026-03-01T00:00:00Z' }],
        },
      }),
    readSamples: async () => {
      done.push('read');
      await meanwhile();
      return { ...NO_COUNTS, seen: 1, [reads() === 1 ? 'created' : 'unchanged']: 1 };
    },
    recordPatientOutcome: ({ outcome, created }) =>
      Promise.resolve(void done.push(`${outcome} (${created})`)),
  };
  return { done, activities };
}

it('a nudged patient is read once, after the nudge was taken', async () => {
  const { done, activities } = patient();
  await temporal.tell(activities, async ({ orchestration, client }) => {
    await orchestration.nudge(701);
    await client.workflow.getHandle(ids.pollPatient(701)).result();
  });
  expect(done).toEqual(['nudge taken', 'read', 'new data (1)']);
});

it('a patient nudged during a scheduled read is read once more, and what is new stays told', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  const { done, activities } = patient(() => {
    const nudge = meanwhile ?? (() => Promise.resolve());
    meanwhile = undefined;
    return nudge();
  });
  await temporal.tell(activities, async ({ orchestration }) => {
    meanwhile = () => orchestration.nudge(702);
    const result = await orchestration.pollPatientNow(702, 'test');
    expect(result).toEqual({ ...NO_COUNTS, outcome: 'new data', seen: 2, created: 1, unchanged: 1 });
  });
  expect(done).toEqual(['read', 'new data (1)', 'nudge taken', 'read', 'new data (1)']);
});

it('a patient nudged without end is read five times, and is ready for the next nudge,', async () => {
  let nudge = () => Promise.resolve();
  const { done, activities } = patient(() => nudge());
  await temporal.tell(activities, async ({ orchestration }) => {
    nudge = () => orchestration.nudge(703);
    const result = (await orchestration.pollPatientNow(703, 'test')) as PollPatientResult;
    expect(result).toMatchObject({ outcome: 'new data', seen: 5 });
  });
  expect(done.filter((step) => step === 'read')).toHaveLength(5);
  expect(done.at(-1)).toBe('nudge taken');
}, 90_000);
