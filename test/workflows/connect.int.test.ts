import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import {
  ids,
  refusedSignal,
  returnedSignal,
  type ConnectInput,
  type ConnectOutcome,
} from '../../src/workflows/contract.js';
import { redeemedSignal } from '../../src/workflows/onboarding-contract.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const attempt = (attemptId: string, changes: Partial<ConnectInput> = {}): ConnectInput => ({
  attemptId,
  patientId: 7,
  provider: 'oura',
  expiresAt: inMs(900_000),
  connectionBefore: null,
  onboardingId: null,
  ...changes,
});

/** Open Wearables that answers in this order, the last answer for ever; and what the workflow made of it. */
function upstream(...answers: readonly (boolean | Error)[]) {
  const seen = { checks: 0, ended: [] as ConnectOutcome[], firstReads: 0 };
  const activities: Partial<Activities> = {
    connectionIsNew: () => {
      const answer = answers[Math.min(seen.checks, answers.length - 1)] ?? false;
      seen.checks += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    endConnectAttempt: (_, outcome) => Promise.resolve(void seen.ended.push(outcome)),
    startFirstRead: () => Promise.resolve(void (seen.firstReads += 1)),
  };
  return { seen, activities };
}

it.concurrent('a connection that shows a moment after the return counts, and its data is read', async () => {
  const { seen, activities } = upstream(false, false, true);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('connect', ids.connect('late'), attempt('late'));
    await handle.signal(returnedSignal);
    expect(await handle.result()).toBe('connected');
  });
  expect(seen).toEqual({ checks: 3, ended: ['connected'], firstReads: 1 });
});

it.concurrent('a "no" ends the attempt, and nothing is read', async () => {
  const { seen, activities } = upstream(false);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('connect', ids.connect('denied'), attempt('denied'));
    await handle.signal(refusedSignal, 'denied');
    expect(await handle.result()).toBe('denied');
  });
  expect(seen).toEqual({ checks: 1, ended: ['denied'], firstReads: 0 });
});

it.concurrent('a "no" followed by a real connection counts as connected', async () => {
  const { seen, activities } = upstream(true);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('connect', ids.connect('after-all'), attempt('after-all'));
    await handle.signal(refusedSignal, 'denied');
    expect(await handle.result()).toBe('connected');
  });
  expect(seen.ended).toEqual(['connected']);
});

it.concurrent('a newer attempt supersedes this one, whatever Open Wearables shows', async () => {
  const { seen, activities } = upstream(true);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('connect', ids.connect('older'), attempt('older'));
    await handle.signal(refusedSignal, 'superseded');
    expect(await handle.result()).toBe('superseded');
  });
  expect(seen).toEqual({ checks: 0, ended: ['superseded'], firstReads: 0 });
});

it.concurrent(
  'an upstream that fails for a while only delays the answer; one that never can answer is a failed attempt',
  async () => {
    const flaky = upstream(new Error('away'), true);
    await temporal.tell(flaky.activities, async ({ start }) => {
      const handle = await start('connect', ids.connect('flaky'), attempt('flaky'));
      await handle.signal(returnedSignal);
      expect(await handle.result()).toBe('connected');
    });
    const hopeless = upstream(ApplicationFailure.nonRetryable('no such record', 'NotFound'));
    await temporal.tell(hopeless.activities, async ({ start }) => {
      const handle = await start('connect', ids.connect('hopeless'), attempt('hopeless'));
      await handle.signal(returnedSignal);
      expect(await handle.result()).toBe('failed');
    });
    expect(hopeless.seen.ended).toEqual(['failed']);
  },
);

it.concurrent('the invitation is told, and one that ended long ago does no harm', async () => {
  const { activities } = upstream(true);
  const ensureWearablesUser = () => Promise.resolve();
  await temporal.tell({ ...activities, ensureWearablesUser }, async ({ start }) => {
    const input = { invitationId: 5, patientId: 7, expiresAt: inMs(60_000) };
    const onboarding = await start('onboarding', ids.onboarding(5), input);
    await onboarding.signal(redeemedSignal);
    for (const attemptId of ['first', 'second']) {
      const onboardingId = ids.onboarding(5);
      const handle = await start('connect', ids.connect(attemptId), attempt(attemptId, { onboardingId }));
      await handle.signal(returnedSignal);
      expect(await handle.result()).toBe('connected');
      expect(await onboarding.result()).toBe('connected');
    }
  });
});

it.concurrent(
  'Open Wearables is asked without the browser: a closed tab loses nothing',
  { timeout: 40_000 },
  async () => {
    const connected = upstream(true);
    const abandoned = upstream(false);
    const closedTab = (name: string, { activities }: typeof connected, expiresAt: string) =>
      temporal.tell(activities, async ({ start }) => {
        const handle = await start('connect', ids.connect(name), attempt(name, { expiresAt }));
        await handle.result();
      });
    await Promise.all([
      closedTab('closed-tab', connected, inMs(900_000)),
      closedTab('abandoned', abandoned, inMs(1_000)),
    ]);
    expect(connected.seen.ended).toEqual(['connected']);
    expect(abandoned.seen.ended).toEqual(['expired']);
  },
);
