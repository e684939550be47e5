import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { ids, type PollPatientResult } from '../../src/workflows/contract.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';
import { moreOf } from './more.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

interface Told {
  /** Happens during each read. */
  readonly meanwhile?: () => Promise<void>;
  /** Whether Open Wearables told of more during the read of this number. */
  readonly isAgain?: (read: number) => boolean;
}

/** A patient with one new observation in the first read, on the only page. */
function patient({ meanwhile = () => Promise.resolve(), isAgain = () => false }: Told = {}) {
  const done: string[] = [];
  const reads = () => done.filter((step) => step === 'read').length;
  const found = () => ({ ...NO_COUNTS, seen: 1, [reads() === 1 ? 'created' : 'unchanged']: 1 });
  const remember = (outcome: string, created: number) => {
    done.push(`${outcome} (${created})`);
    return { isAgain: isAgain(reads()) };
  };
  const activities: Partial<Activities> = {
    takeNudge: () => Promise.resolve(void done.push('nudge taken')),
    readFirstPages: async ({ pollId }) => {
      done.push('read');
      await meanwhile();
      const counts = found();
      const outcome = counts.created > 0 ? 'new data' : 'nothing new';
      const remembered = pollId === null ? null : remember(outcome, counts.created);
      return { kind: 'all', found: { ...counts, outcome }, remembered };
    },
    recordPatientOutcome: ({ outcome, created }) => Promise.resolve(remember(outcome, created)),
  };
  return { done, activities };
}

it('a nudged patient with a page of news is read and remembered in one step', async () => {
  const { done, activities } = patient();
  await temporal.tell(activities, async ({ orchestration, client }) => {
    await orchestration.nudge(701);
    const handle = client.workflow.getHandle(ids.pollPatient(701));
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect(events?.filter((event) => event.activityTaskScheduledEventAttributes)).toEqual([]);
    expect(events?.filter((event) => event.workflowTaskScheduledEventAttributes)).toHaveLength(1);
  });
  expect(done).toEqual(['read', 'new data (1)']);
});

it('a patient of whom more is told during a read is read once more, and what is new stays told', async () => {
  const { done, activities } = patient({ isAgain: (read) => read === 1 });
  await temporal.tell(activities, async ({ orchestration }) => {
    const result = await orchestration.pollPatientNow(702, 'test');
    expect(result).toEqual({ ...NO_COUNTS, outcome: 'new data', seen: 2, created: 1, unchanged: 1 });
  });
  expect(done).toEqual(['read', 'new data (1)', 'read', 'new data (1)']);
});

it('a patient of whom more is told without end is read five times, and is ready for the next nudge', async () => {
  const { done, activities } = patient({ isAgain: () => true });
  await temporal.tell(activities, async ({ orchestration }) => {
    const result = (await orchestration.pollPatientNow(703, 'test')) as PollPatientResult;
    expect(result).toMatchObject({ outcome: 'new data', seen: 5 });
  });
  expect(done.filter((step) => step === 'read')).toHaveLength(5);
  expect(done.at(-1)).toBe('nudge taken');
}, 90_000);

it('a patient who is nudged in the middle of a read is read again', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  const { done, activities } = patient({
    meanwhile: () => {
      const nudge = meanwhile ?? (() => Promise.resolve());
      meanwhile = undefined;
      return nudge();
    },
  });
  await temporal.tell(activities, async ({ orchestration }) => {
    meanwhile = () => orchestration.nudge(704);
    await orchestration.pollPatientNow(704, 'test');
  });
  expect(done.filter((step) => step === 'read').length).toBeGreaterThan(1);
});

it('what more pages hold is added to what the first ones held', async () => {
  const recorded: unknown[] = [];
  const activities: Partial<Activities> = {
    readFirstPages: ({ patientId }) =>
      Promise.resolve({ ...moreOf(patientId), counts: { ...NO_COUNTS, seen: 1, created: 1 } }),
    readSamples: () => Promise.resolve({ ...NO_COUNTS, seen: 200, created: 150, unchanged: 50 }),
    recordPatientOutcome: ({ outcome, created }) => {
      recorded.push({ outcome, created });
      return Promise.resolve({ isAgain: false });
    },
  };
  await temporal.tell(activities, async ({ orchestration }) => {
    const result = await orchestration.pollPatientNow(705, 'test');
    expect(result).toMatchObject({ outcome: 'new data', seen: 201, created: 151, unchanged: 50 });
  });
  expect(recorded).toEqual([{ outcome: 'new data', created: 151 }]);
});

it('a step that would fail again is not tried again', async () => {
  const { done, activities } = patient();
  const refused: Partial<Activities> = {
    ...activities,
    readFirstPages: () => Promise.reject(ApplicationFailure.create({ type: 'KeyRejected' })),
  };
  await temporal.tell(refused, async ({ orchestration }) => {
    const result = await orchestration.pollPatientNow(707, 'test');
    expect(result).toMatchObject({ outcome: 'could not read', failure: 'KeyRejected' });
  });
  expect(done).toEqual(['could not read (0)']);
});

it('a step that fails is taken apart, and each part is tried again', async () => {
  let tries = 0;
  const { done, activities } = patient();
  const apart: Partial<Activities> = {
    ...activities,
    readFirstPages: () => Promise.reject(ApplicationFailure.create({ type: 'ServerError' })),
    checkConsent: (patientId) => {
      tries += 1;
      return tries < 2
        ? Promise.reject(ApplicationFailure.create({ type: 'ServerError' }))
        : Promise.resolve(moreOf(patientId).allowed);
    },
    readSamples: () => Promise.resolve({ ...NO_COUNTS, seen: 1, created: 1 }),
  };
  await temporal.tell(apart, async ({ orchestration }) => {
    expect(await orchestration.pollPatientNow(706, 'test')).toMatchObject({
      outcome: 'new data',
      created: 1,
    });
  });
  expect([tries, done]).toEqual([2, ['new data (1)']]);
});
