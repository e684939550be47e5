import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  connectedSignal,
  connectingSignal,
  consentedSignal,
  ids,
  progressQuery,
  redeemedSignal,
  supersededSignal,
} from '../../src/workflows/contract.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const invitation = (invitationId: number, expiresAt: string) => ({ invitationId, patientId: 7, expiresAt });

it('an invitation that nobody redeems expires', async () => {
  const expired: number[] = [];
  const expireInvitation = (id: number) => Promise.resolve(void expired.push(id));
  await temporal.tell({ expireInvitation }, async ({ start }) => {
    const handle = await start('onboarding', ids.onboarding(1), invitation(1, inMs(1_000)));
    expect(await handle.result()).toBe('expired');
    expect(expired).toEqual([1]);
    const steps = await handle.query(progressQuery);
    expect(steps.map(({ step }) => step)).toEqual(['invited', 'expired']);
  });
});

it('the way of an invitation is told step by step, and an account that is slow to come only delays it', async () => {
  const asked: number[] = [];
  const ensureWearablesUser = (patientId: number) => {
    asked.push(patientId);
    return asked.length < 3 ? Promise.reject(new Error('away')) : Promise.resolve();
  };
  await temporal.tell({ ensureWearablesUser }, async ({ client, taskQueue }) => {
    const handle = await client.workflow.signalWithStart('onboarding', {
      taskQueue,
      workflowId: ids.onboarding(2),
      args: [invitation(2, inMs(60_000))],
      signal: redeemedSignal,
    });
    await handle.signal(redeemedSignal);
    await handle.signal(consentedSignal);
    await handle.signal(connectingSignal, 'oura');
    await handle.signal(connectedSignal, 'oura');
    expect(await handle.result()).toBe('connected');
    expect(asked).toEqual([7, 7, 7]);
    const steps = await handle.query(progressQuery);
    expect(steps.map(({ step }) => step)).toEqual([
      ...['invited', 'redeemed', 'consented', 'connecting', 'connected', 'account ready', 'reading'],
    ]);
    expect(steps.find(({ step }) => step === 'connected')?.provider).toBe('oura');
  });
});

it('a newer invitation ends the way of the one before it', async () => {
  await temporal.tell(
    { expireInvitation: () => Promise.reject(new Error('not asked for')) },
    async ({ start }) => {
      const handle = await start('onboarding', ids.onboarding(3), invitation(3, inMs(60_000)));
      await handle.signal(supersededSignal);
      expect(await handle.result()).toBe('superseded');
    },
  );
});
