import { ApplicationFailure } from '@temporalio/common';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import type { HealingPlace } from '../../src/workflows/contract.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

/** So many patients with a wearable each, planned 50 at a time. */
function night(patients: number, slow = 0) {
  const places = Array.from({ length: patients }, (_, index) => ({ patientId: index + 1, provider: 'oura' }));
  const healed: number[] = [];
  const running = { accounts: [] as string[], most: 0, twice: 0 };
  const accountOf = ({ patientId }: HealingPlace) => (patientId <= 3 ? 'shared' : `account-${patientId}`);
  const activities: Partial<Activities> = {
    planHealing: (after) => {
      const rest = places.filter(({ patientId }) => patientId > (after?.patientId ?? 0));
      return Promise.resolve({ days: 3, connections: rest.slice(0, 50) });
    },
    healingAccount: (healing) => Promise.resolve(accountOf(healing)),
    healConnection: async (healing) => {
      const account = accountOf(healing);
      if (running.accounts.includes(account)) running.twice += 1;
      running.accounts.push(account);
      running.most = Math.max(running.most, running.accounts.length);
      await pause(slow);
      running.accounts.splice(running.accounts.indexOf(account), 1);
      healed.push(healing.patientId);
      return 'healed';
    },
  };
  return { healed, running, activities };
}

it('two connections are healed at once, and never two of the same vendor account', async () => {
  const { running, activities } = night(7, 300);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('heal', 'ow-heal-1');
    expect(await handle.result()).toMatchObject({ healed: 7 });
  });
  expect(running).toMatchObject({ most: 2, twice: 0 });
});

it('a night of 230 connections goes on in new runs, so that its history stays short', async () => {
  const { healed, activities } = night(230);
  await temporal.tell(activities, async ({ start, client }) => {
    const handle = await start('heal', 'ow-heal-2');
    expect(await handle.result()).toMatchObject({ healed: 230 });
    const last = await client.workflow.getHandle('ow-heal-2').fetchHistory();
    expect(last.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
    expect(last.events?.length).toBeLessThan(4_096);
  });
  expect(new Set(healed).size).toBe(230);
  expect(healed).toHaveLength(230);
}, 120_000);

it('a connection that cannot be healed leaves the others to go on', async () => {
  const { activities } = night(4);
  const healConnection: Activities['healConnection'] = ({ patientId }) =>
    patientId === 2
      ? Promise.reject(ApplicationFailure.nonRetryable('gone', 'NotFound'))
      : Promise.resolve('healed');
  await temporal.tell({ ...activities, healConnection }, async ({ start }) => {
    expect(await (await start('heal', 'ow-heal-3')).result()).toMatchObject({ healed: 3, failed: 1 });
  });
});

it('a refused key ends the night', async () => {
  const { activities } = night(40);
  let asked = 0;
  const healConnection: Activities['healConnection'] = () => {
    asked += 1;
    return Promise.reject(ApplicationFailure.create({ type: 'KeyRejected', message: '401' }));
  };
  await temporal.tell({ ...activities, healConnection }, async ({ start }) => {
    await expect((await start('heal', 'ow-heal-4')).result()).rejects.toThrow();
  });
  expect(asked).toBeLessThanOrEqual(2);
});
