import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import type { ReconcileRequest } from '../../src/workflows/contract.js';
import { isDeep } from '../../src/workflows/depth.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const FOUND = { daysCompared: 90, daysDiffered: 1, created: 3, amended: 2, retired: 1 };

/** So many patients, planned a hundred at a time; each is found to differ on one day. */
function people(count: number, slow = 0) {
  const asked: ReconcileRequest[] = [];
  const running = { now: 0, most: 0 };
  const activities: Partial<Activities> = {
    planReconcile: (afterId, patientId) => {
      const all = Array.from({ length: count }, (_, index) => index + 1);
      const patientIds = all.filter((id) => id > afterId && (patientId === null || id === patientId));
      return Promise.resolve({ refusal: null, patientIds: patientIds.slice(0, 100) });
    },
    reconcilePatient: async (request) => {
      asked.push(request);
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      await pause(slow);
      running.now -= 1;
      return FOUND;
    },
    endReconcile: (_id, tally, refusal) =>
      Promise.resolve({ ...tally, message: refusal ?? 'compared', isComplete: refusal === null }),
  };
  return { asked, running, activities };
}

it('four patients are compared at once, and what was found adds up', async () => {
  const { asked, running, activities } = people(9, 200);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('reconcile', 'ow-reconcile-1');
    expect(await handle.result()).toEqual({
      ...{ patients: 9, daysCompared: 810, daysDiffered: 9, created: 27, amended: 18, retired: 9 },
      ...{ couldNotRead: {}, message: 'compared', isComplete: true },
    });
    const deep = isDeep({}, (await handle.describe()).startTime);
    expect(asked.every((request) => request.days === 90 && request.isDeep === deep)).toBe(true);
  });
  expect(running.most).toBe(4);
});

it('an operator names the days and the patient: those are read again, and nobody else', async () => {
  const { asked, activities } = people(9);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('reconcile', 'ow-reconcile-2', { days: 31, patientId: 5 });
    expect(await handle.result()).toMatchObject({ patients: 1, daysCompared: 90 });
  });
  expect(asked).toEqual([{ patientId: 5, days: 31, isDeep: true }]);
});

it('450 patients go on in a new run, each compared once, deep to the end', async () => {
  const { asked, activities } = people(450);
  await temporal.tell(activities, async ({ start, client }) => {
    const handle = await start('reconcile', 'ow-reconcile-3', { days: 2 });
    expect(await handle.result()).toMatchObject({ patients: 450, created: 1350 });
    const last = await client.workflow.getHandle('ow-reconcile-3').fetchHistory();
    expect(last.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
    expect(last.events?.length).toBeLessThan(4_096);
  });
  expect(new Set(asked.map(({ patientId }) => patientId)).size).toBe(450);
  expect(asked).toHaveLength(450);
  expect(asked.every((request) => request.days === 2 && request.isDeep)).toBe(true);
}, 120_000);

it('a patient who cannot be read is counted with the type of the failure, and the others go on', async () => {
  const { activities } = people(6);
  const reconcilePatient: Activities['reconcilePatient'] = ({ patientId }) =>
    patientId % 3 === 0
      ? Promise.reject(ApplicationFailure.nonRetryable('gone', patientId === 3 ? 'AccountLost' : 'NotFound'))
      : Promise.resolve(FOUND);
  await temporal.tell({ ...activities, reconcilePatient }, async ({ start }) => {
    expect(await (await start('reconcile', 'ow-reconcile-4')).result()).toMatchObject({
      ...{ patients: 6, daysDiffered: 4, couldNotRead: { AccountLost: 1, NotFound: 1 } },
    });
  });
});

it('a refused key ends the run', async () => {
  const { activities } = people(40);
  let asked = 0;
  const reconcilePatient: Activities['reconcilePatient'] = () => {
    asked += 1;
    return Promise.reject(ApplicationFailure.create({ type: 'KeyRejected', message: '401' }));
  };
  await temporal.tell({ ...activities, reconcilePatient }, async ({ start }) => {
    expect(await (await start('reconcile', 'ow-reconcile-5')).result()).toMatchObject({
      ...{ isComplete: false, message: 'ow_reconcile aborted: 401 Invalid or missing API key' },
    });
  });
  expect(asked).toBeLessThanOrEqual(4);
});

it('gives way to polls, and history gives way to it', async () => {
  const { activities } = people(1);
  await temporal.tell(activities, async ({ start }) => {
    const handle = await start('reconcile', 'ow-reconcile-6');
    await handle.result();
    const { events } = await handle.fetchHistory();
    const priorities = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled?.activityType?.name === 'reconcilePatient' ? [scheduled.priority?.priorityKey] : [],
    );
    expect(priorities).toEqual([4]);
  });
});
