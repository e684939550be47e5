import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import type { Activities } from '../../src/activities/create.js';
import { ids, type BackfillProgress } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { gate } from './gate.js';
import { startMockedTemporal, type MockedTemporal, type Stage } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  // So that a few windows make a history that is long.
  temporal = await startMockedTemporal([
    '--dynamic-config-value',
    'limit.historyCount.suggestContinueAsNew=15',
  ]);
});
afterAll(async () => {
  await temporal.close();
});

const WEEK = { from: '2026-03-01T00:00:00Z', to: '2026-03-08T00:00:00Z' };
const MONTH = { from: '2026-01-01T00:00:00Z', to: '2026-01-29T00:00:00Z' };

/** A history that holds one sample a window; the read of window number `held` waits at the gate. */
function history(held = 1) {
  const way = gate();
  const windows: string[] = [];
  const activities: Partial<Activities> = {
    readHistory: async ({ from }) => {
      if (windows.push(from.slice(0, 10)) === held) await way.opened;
      return { ...NO_COUNTS, seen: 1, created: 1 };
    },
  };
  const arrival = () =>
    until('the held window is being read', () => Promise.resolve(windows.length === held));
  return { way, windows, arrival, activities };
}

const resultOf = ({ client }: Stage, patientId: number) =>
  client.workflow.getHandle(ids.backfill(patientId)).result() as Promise<BackfillProgress>;

async function runsOf({ client }: Stage, patientId: number): Promise<number> {
  const { count } = await client.workflow.count(`WorkflowId = '${ids.backfill(patientId)}'`);
  return count;
}

it('a request that comes while one is read joins it, and each window is read once, newest first', async () => {
  const { way, windows, arrival, activities } = history();
  await temporal.tell(activities, async (stage) => {
    await stage.orchestration.requestBackfill(1, WEEK);
    await arrival();
    await stage.orchestration.requestBackfill(1, MONTH);
    way.open();
    expect(await resultOf(stage, 1)).toMatchObject({
      state: 'done',
      percent: 100,
      windowsDone: 5,
      created: 5,
    });
  });
  expect(windows).toEqual(['2026-03-01', '2026-01-22', '2026-01-15', '2026-01-08', '2026-01-01']);
});

it('a paused backfill reads nothing more until it is resumed', async () => {
  const { way, windows, arrival, activities } = history();
  await temporal.tell(activities, async (stage) => {
    const { orchestration } = stage;
    await orchestration.requestBackfill(2, MONTH);
    await arrival();
    await orchestration.steerBackfill(2, 'pause');
    way.open();
    await until(
      'one window is done',
      async () => (await orchestration.backfillProgress(2))?.windowsDone === 1,
    );
    expect(await orchestration.backfillProgress(2)).toMatchObject({ state: 'paused', percent: 25 });
    expect(windows).toHaveLength(1);
    await orchestration.steerBackfill(2, 'resume');
    expect(await resultOf(stage, 2)).toMatchObject({ state: 'done', windowsDone: 4 });
  });
});

it('a cancelled backfill ends after the window it reads, paused or not', async () => {
  for (const [patientId, pauses] of [
    [3, false],
    [4, true],
  ] as const) {
    const { way, windows, arrival, activities } = history();
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(patientId, MONTH);
      await arrival();
      if (pauses) await stage.orchestration.steerBackfill(patientId, 'pause');
      await stage.orchestration.steerBackfill(patientId, 'cancel');
      way.open();
      expect(await resultOf(stage, patientId)).toMatchObject({
        state: 'cancelled',
        windowsDone: 1,
        created: 1,
      });
    });
    expect(windows).toHaveLength(1);
  }
});

it('a long backfill goes on as a new run: nothing is read twice, the counts and the start stay', async () => {
  const { way, windows, arrival, activities } = history(4);
  await temporal.tell(activities, async (stage) => {
    const { orchestration } = stage;
    await orchestration.requestBackfill(5, MONTH);
    await arrival();
    const { startedAt } = (await orchestration.backfillProgress(5)) ?? {};
    await orchestration.requestBackfill(5, WEEK);
    way.open();
    const progress = await resultOf(stage, 5);
    expect(progress).toMatchObject({ state: 'done', percent: 100, windowsDone: 5, created: 5, startedAt });
    expect(await runsOf(stage, 5)).toBe(2);
  });
  expect(windows).toHaveLength(5);
});

it('a pause that comes just before the new run holds there', async () => {
  const { way, windows, arrival, activities } = history(4);
  await temporal.tell(activities, async (stage) => {
    const { orchestration } = stage;
    await orchestration.requestBackfill(6, MONTH);
    await arrival();
    await orchestration.requestBackfill(6, WEEK);
    await orchestration.steerBackfill(6, 'pause');
    way.open();
    await until('the new run has begun', async () => (await runsOf(stage, 6)) === 2);
    expect(await orchestration.backfillProgress(6)).toMatchObject({ state: 'paused', windowsDone: 4 });
    await orchestration.steerBackfill(6, 'resume');
    expect(await resultOf(stage, 6)).toMatchObject({ state: 'done', windowsDone: 5 });
  });
  expect(windows).toHaveLength(5);
});

it('a cancel that comes just before the new run ends the backfill', async () => {
  const { way, windows, arrival, activities } = history(4);
  await temporal.tell(activities, async (stage) => {
    await stage.orchestration.requestBackfill(7, MONTH);
    await arrival();
    await stage.orchestration.requestBackfill(7, WEEK);
    await stage.orchestration.steerBackfill(7, 'cancel');
    way.open();
    expect(await resultOf(stage, 7)).toMatchObject({ state: 'cancelled', windowsDone: 4 });
    expect(await runsOf(stage, 7)).toBe(1);
  });
  expect(windows).toHaveLength(4);
});

it('a new connection is read when Open Wearables has fetched its history, and not before', async () => {
  const { way, windows, activities } = history();
  let checks = 0;
  const vendorHistoryFetched = () => Promise.resolve((checks += 1) > 2);
  way.open();
  await temporal.tell({ ...activities, vendorHistoryFetched }, async (stage) => {
    await stage.orchestration.requestBackfill(8, { ...WEEK, awaitHistoryOf: 'oura' });
    await until('it waits', async () => {
      const state = (await stage.orchestration.backfillProgress(8))?.state;
      expect(windows.length === 0 || checks === 3).toBe(true);
      return state === 'waiting for the vendor';
    });
    expect(await resultOf(stage, 8)).toMatchObject({ state: 'done', windowsDone: 1 });
  });
  expect(checks).toBe(3);
});

it('what waiting does not mend ends the backfill as failed, wherever it happens', async () => {
  const gone = () => Promise.reject(ApplicationFailure.nonRetryable('no such record', 'NotFound'));
  await temporal.tell({ readHistory: gone, vendorHistoryFetched: gone }, async (stage) => {
    await stage.orchestration.requestBackfill(9, WEEK);
    expect(await resultOf(stage, 9)).toMatchObject({ state: 'failed', windowsDone: 0 });
    await stage.orchestration.requestBackfill(10, { ...WEEK, awaitHistoryOf: 'oura' });
    expect(await resultOf(stage, 10)).toMatchObject({ state: 'failed', windowsDone: 0 });
  });
});
