import { ApplicationFailure } from '@temporalio/common';
import { until } from '../../dev/journey/until.js';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Activities } from '../../src/activities/create.js';
import { ids, type ConcludedHistory } from '../../src/workflows/contract.js';
import { past, progressWhen, resultOf, runsOf } from './backfill-stage.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

vi.setConfig({ testTimeout: 90_000 });

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const DAY_MS = 86_400_000;
const TO = Date.parse('2026-01-01T12:00:00Z');
/** So many weeks back. */
const weeks = (count: number) => ({
  from: new Date(TO - 7 * count * DAY_MS).toISOString(),
  to: new Date(TO).toISOString(),
});
const YEARS = weeks(522);
const WINDOWS_A_RUN = 50;

it('ten years are read in runs of a bounded history, and what they carry does not grow', async () => {
  const { reads, activities } = past();
  await temporal.tell(activities, async (stage) => {
    await stage.orchestration.requestBackfill(1, YEARS);
    expect(await resultOf(stage, 1)).toMatchObject({
      ...{
        state: 'done',
        percent: 100,
        windowsDone: 522,
        windowsTotal: 522,
        daysDone: 3654,
        seen: 522,
        created: 522,
      },
    });
    const runs = await runsOf(stage, 1);
    expect(runs).toHaveLength(11);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(7 * WINDOWS_A_RUN);
    for (const { id } of runs) {
      const history = await stage.client.workflow.getHandle(ids.backfill(1), id).fetchHistory();
      const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
      expect(started?.input?.payloads?.[0]?.data?.length).toBeLessThan(700);
      expect(started?.priority?.priorityKey).toBe(5);
      expect(historyToJSON(history).length).toBeLessThan(500_000);
    }
  });
  const days = new Set(reads.map(({ from }) => from));
  expect(days.size).toBe(522);
});

it('a new run knows what is read, what is left, what was counted and since when', async () => {
  const { way, reads, arrival, activities } = past(WINDOWS_A_RUN + 2);
  await temporal.tell(activities, async (stage) => {
    await stage.orchestration.requestBackfill(2, weeks(60));
    const { startedAt } = (await stage.orchestration.backfillProgress(2)) ?? {};
    await arrival();
    const carried = await progressWhen(
      stage,
      2,
      'the new run has begun',
      ({ windowsDone }) => windowsDone === 51,
    );
    expect(carried).toMatchObject({ state: 'running', percent: 85, seen: 51, daysTotal: 420, startedAt });
    expect(carried.rate).toBeGreaterThan(0);
    // Read by the run before: not read again.
    await stage.orchestration.requestBackfill(2, weeks(20));
    way.open();
    expect(await resultOf(stage, 2)).toMatchObject({
      state: 'done',
      windowsDone: 60,
      created: 60,
      startedAt,
    });
    expect(await runsOf(stage, 2)).toHaveLength(2);
  });
  expect(reads).toHaveLength(60);
});

it('a pause, a request or a cancel that comes just before the new run holds there', async () => {
  for (const [patientId, signal] of [
    [3, 'resume'],
    [4, 'cancel'],
  ] as const) {
    const { way, reads, arrival, activities } = past(WINDOWS_A_RUN);
    await temporal.tell(activities, async (stage) => {
      const { orchestration } = stage;
      await orchestration.requestBackfill(patientId, weeks(51));
      await arrival();
      await orchestration.steerBackfill(patientId, 'pause');
      await orchestration.requestBackfill(patientId, weeks(52));
      way.open();
      const paused = await progressWhen(
        stage,
        patientId,
        'the new run rests',
        ({ windowsDone }) => windowsDone === 50,
      );
      expect(paused).toMatchObject({ state: 'paused', windowsTotal: 52 });
      // The run before can be seen at its end, too.
      await until('the new run began', async () => (await runsOf(stage, patientId)).length === 2);
      await orchestration.steerBackfill(patientId, signal);
      const done = signal === 'resume' ? 52 : 50;
      const state = signal === 'resume' ? 'done' : 'cancelled';
      expect(await resultOf(stage, patientId)).toMatchObject({ state, windowsDone: done });
      expect(reads).toHaveLength(done);
    });
  }
});

it('a run that an earlier version left behind goes on', async () => {
  const { reads, activities } = past();
  await temporal.tell(activities, async (stage) => {
    const counts = { seen: 3, created: 3, amended: 0, unchanged: 0, rejected: 0, withheld: 0 };
    const carried = {
      windowsDone: 3,
      windowsTotal: 5,
      counts,
      startedAt: '2026-01-01T00:00:00.000Z',
      paused: false,
    };
    const resume = { requests: [{ from: '2025-12-01T00:00:00Z', to: '2025-12-15T00:00:00Z' }], ...carried };
    await stage.start('backfill', ids.backfill(5), { patientId: 5, resume });
    expect(await resultOf(stage, 5)).toMatchObject({
      ...{ state: 'done', windowsDone: 5, daysDone: 35, created: 5, startedAt: carried.startedAt },
    });
  });
  expect(reads).toHaveLength(2);
});

it('what was asked for has ended in the same task as the run: a window costs fourteen events, whoever asks', async () => {
  const ended: unknown[] = [];
  const { activities } = past();
  const concludeBackfill = (history: ConcludedHistory) => Promise.resolve(void ended.push(history));
  await temporal.tell({ ...activities, concludeBackfill }, async (stage) => {
    await stage.orchestration.requestBackfill(9, { ...weeks(1), requestId: 4 });
    expect(await resultOf(stage, 9)).toMatchObject({ state: 'done', windowsDone: 1 });
    const [run] = await runsOf(stage, 9);
    expect(run?.events).toBe(14);
  });
  expect(ended).toEqual([{ requestIds: [4], end: 'done' }]);
});

const A_DAY = { from: new Date(TO - DAY_MS).toISOString(), to: new Date(TO).toISOString() };

it('a day is read in the first task of the run: nine events', async () => {
  const { reads, activities } = past();
  await temporal.tell({ ...activities, concludeBackfill: () => Promise.resolve() }, async (stage) => {
    await stage.orchestration.requestBackfill(10, { ...A_DAY, requestId: 5 });
    expect(await resultOf(stage, 10)).toMatchObject({ state: 'done', windowsDone: 1, created: 1 });
    expect((await runsOf(stage, 10))[0]?.events).toBe(9);
  });
  expect(reads).toHaveLength(1);
});

it('a day that cannot be read in that task is read as any other window, and tried again', async () => {
  let tries = 0;
  const { activities } = past();
  const readHistory: Activities['readHistory'] = (request) => {
    tries += 1;
    if (tries < 3) return Promise.reject(ApplicationFailure.create({ type: 'ServerError' }));
    return activities.readHistory?.(request) ?? Promise.reject(new Error('nothing is read'));
  };
  await temporal.tell({ ...activities, readHistory }, async (stage) => {
    await stage.orchestration.requestBackfill(11, A_DAY);
    expect(await resultOf(stage, 11)).toMatchObject({ state: 'done', windowsDone: 1, created: 1 });
  });
  expect(tries).toBe(3);
});
