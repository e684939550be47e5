import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { ids } from '../../src/workflows/contract.js';
import {
  attemptEndedSignal,
  connectedSignal,
  connectingSignal,
  consentedSignal,
  progressQuery,
  redeemedSignal,
  supersededSignal,
  withdrawnSignal,
} from '../../src/workflows/onboarding-contract.js';
import { deskOf, invitation, inMs, stepsOf } from './onboarding-desk.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

it('an invitation that nobody redeems expires, and what it told is kept', async () => {
  const desk = deskOf();
  await temporal.tell(desk.activities, async ({ start }) => {
    const handle = await start('onboarding', ids.onboarding(1), invitation(1, inMs(500)));
    expect(await handle.result()).toBe('expired');
  });
  expect(desk.kept.get(1)).toEqual(['invited', 'expired']);
});

it('a patient who has not used the invitation is reminded as often as planned', async () => {
  const desk = deskOf();
  await temporal.tell(desk.activities, async ({ start }) => {
    const remindAt = [inMs(300), inMs(600)];
    const handle = await start('onboarding', ids.onboarding(10), invitation(10, inMs(60_000), { remindAt }));
    await until('both reminders are told', async () => (await stepsOf(handle)).length === 3);
    expect(await stepsOf(handle)).toEqual(['invited', 'reminded', 'reminded']);
    await handle.signal(withdrawnSignal);
    await handle.result();
  });
  expect(desk.mails).toEqual(['invitation reminder/10/1', 'invitation reminder/10/2']);
});

it('an invitation that is mailed tells so, and one that cannot be mailed as well', async () => {
  for (const [id, outcome, step] of [
    [11, 'sent', 'mailed'],
    [12, 'refused', 'not mailed'],
  ] as const) {
    const desk = deskOf({ sendMail: () => Promise.resolve(outcome) });
    await temporal.tell(desk.activities, async ({ start }) => {
      const input = invitation(id, inMs(60_000), { isMailed: true });
      const handle = await start('onboarding', ids.onboarding(id), input);
      await until('the log tells', async () => (await stepsOf(handle)).includes(step));
      await handle.signal(withdrawnSignal);
      expect(await handle.result()).toBe('withdrawn');
    });
  }
});

it('what comes after a redeemed invitation is told step by step, and nobody is reminded of what is done', async () => {
  let asked = 0;
  const desk = deskOf({
    ensureWearablesUser: () => {
      asked += 1;
      return asked < 3 ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  });
  await temporal.tell(desk.activities, async ({ client, taskQueue }) => {
    const remindAt = [inMs(2_000)];
    const handle = await client.workflow.signalWithStart('onboarding', {
      taskQueue,
      workflowId: ids.onboarding(2),
      args: [invitation(2, inMs(60_000), { remindAt, remindAfterMs: [4_000] })],
      signal: redeemedSignal,
    });
    await handle.signal(redeemedSignal);
    await until('the account is ready', async () => (await stepsOf(handle)).includes('account ready'));
    await handle.signal(consentedSignal);
    await until('the devices are matched', async () => (await stepsOf(handle)).includes('devices matched'));
    await handle.signal(connectingSignal, 'oura');
    await handle.signal(attemptEndedSignal, 'oura', 'denied');
    await handle.signal(attemptEndedSignal, 'oura', 'expired');
    await handle.signal(connectedSignal, 'oura');
    expect(await handle.result()).toBe('connected');
    const told = [
      ...['invited', 'redeemed', 'account ready', 'consented', 'devices matched'],
      ...['connecting', 'denied', 'timed out', 'connected', 'reading', 'read back'],
    ];
    expect(await stepsOf(handle)).toEqual(told);
    expect(desk.kept.get(2)).toEqual(told);
    const steps = await handle.query(progressQuery);
    expect(steps.find(({ step }) => step === 'connected')?.provider).toBe('oura');
    expect(steps.find(({ step }) => step === 'devices matched')?.count).toBe(3);
  });
  expect(asked).toBe(3);
  expect(desk.mails).toEqual([]);
});

it('a patient who redeemed and does not connect is reminded, and the end has a step of its own', async () => {
  const desk = deskOf();
  await temporal.tell(desk.activities, async ({ start }) => {
    const plan = { remindAfterMs: [300, 600] };
    const handle = await start('onboarding', ids.onboarding(3), invitation(3, inMs(60_000), plan));
    await handle.signal(redeemedSignal);
    await until('both reminders are told', async () => (await stepsOf(handle)).length === 5);
    await handle.signal(connectedSignal, 'oura');
    await handle.result();
    expect(desk.mails).toEqual(['connect reminder/3/1', 'connect reminder/3/2']);

    const short = invitation(13, inMs(60_000), { patienceMs: 500 });
    const lapsing = await start('onboarding', ids.onboarding(13), short);
    await lapsing.signal(redeemedSignal);
    expect(await lapsing.result()).toBe('lapsed');
    expect(await stepsOf(lapsing)).toEqual(['invited', 'redeemed', 'account ready', 'lapsed']);
  });
});

it('a reminder that is not wanted harms nothing', async () => {
  const desk = deskOf({ sendMail: () => Promise.resolve('not wanted') });
  await temporal.tell(desk.activities, async ({ start }) => {
    const handle = await start(
      'onboarding',
      ids.onboarding(4),
      invitation(4, inMs(1_000), { remindAt: [inMs(200)] }),
    );
    expect(await handle.result()).toBe('expired');
    expect(await stepsOf(handle)).toEqual(['invited', 'expired']);
  });
});

it.each([
  ['superseded', supersededSignal],
  ['withdrawn', withdrawnSignal],
] as const)('an invitation that is %s ends there, and writes no more letters', async (end, signal) => {
  const desk = deskOf();
  const id = end === 'superseded' ? 5 : 6;
  await temporal.tell(desk.activities, async ({ start }) => {
    const input = invitation(id, inMs(60_000), { remindAt: [inMs(30_000)] });
    const handle = await start('onboarding', ids.onboarding(id), input);
    await handle.signal(signal);
    expect(await handle.result()).toBe(end);
    expect(await stepsOf(handle)).toEqual(['invited', end]);
  });
  expect(desk.mails).toEqual([]);
});

it('an invitation that was redeemed without a word is not called expired', async () => {
  const desk = deskOf({ expireInvitation: () => Promise.resolve('redeemed') });
  await temporal.tell(desk.activities, async ({ start }) => {
    const handle = await start('onboarding', ids.onboarding(7), invitation(7, inMs(200)));
    await until('it goes on', async () => (await stepsOf(handle)).includes('account ready'));
    await handle.signal(connectedSignal, 'oura');
    expect(await handle.result()).toBe('connected');
  });
});

it('who redeems waits for the account and hears that it is ready, also where the start was lost', async () => {
  const desk = deskOf();
  await temporal.tell(desk.activities, async ({ orchestration }) => {
    const input = invitation(8, inMs(60_000));
    expect(await orchestration.prepare(input, 10_000)).toBe(true);
    expect(await orchestration.prepare(input, 10_000)).toBe(true);
    const steps = await orchestration.onboardingProgress(8);
    expect(steps?.map(({ step }) => step)).toEqual(['invited', 'redeemed', 'account ready']);
  });
});

it('who redeems is not kept waiting for an account that is slow to come', async () => {
  const desk = deskOf({ ensureWearablesUser: () => Promise.reject(new Error('away')) });
  await temporal.tell(desk.activities, async ({ orchestration }) => {
    const began = performance.now();
    expect(await orchestration.prepare(invitation(9, inMs(60_000)), 500)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

it('a patient who says no ends the onboarding: no account, no reminder, and nobody waits', async () => {
  let accounts = 0;
  const desk = deskOf({ ensureWearablesUser: () => Promise.resolve(void (accounts += 1)) });
  await temporal.tell(desk.activities, async ({ start, orchestration }) => {
    const input = invitation(14, inMs(60_000), { remindAt: [inMs(30_000)], remindAfterMs: [300] });
    const handle = await start('onboarding', ids.onboarding(14), input);
    expect(await orchestration.declined(14)).toBe(true);
    expect(await handle.result()).toBe('declined');
    expect(await stepsOf(handle)).toEqual(['invited', 'declined']);
    expect(await orchestration.prepare(input, 5_000)).toBe(false);
  });
  expect(desk.kept.get(14)).toEqual(['invited', 'declined']);
  expect(accounts).toBe(0);
  expect(desk.mails).toEqual([]);
});

it('a patient who says no after beginning is not reminded of a connection', async () => {
  const desk = deskOf();
  await temporal.tell(desk.activities, async ({ start, orchestration }) => {
    const plan = { remindAfterMs: [30_000] };
    const handle = await start('onboarding', ids.onboarding(15), invitation(15, inMs(60_000), plan));
    await handle.signal(redeemedSignal);
    await until('the account is ready', async () => (await stepsOf(handle)).includes('account ready'));
    await orchestration.declined(15);
    expect(await handle.result()).toBe('declined');
  });
  expect(desk.mails).toEqual([]);
});

it('a "no" that was not heard is found when the invitation expires', async () => {
  let accounts = 0;
  const desk = deskOf({
    expireInvitation: () => Promise.resolve('declined'),
    ensureWearablesUser: () => Promise.resolve(void (accounts += 1)),
  });
  await temporal.tell(desk.activities, async ({ start }) => {
    const handle = await start('onboarding', ids.onboarding(16), invitation(16, inMs(200)));
    expect(await handle.result()).toBe('declined');
  });
  expect(accounts).toBe(0);
});
