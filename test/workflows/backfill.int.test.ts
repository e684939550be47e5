import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { past, progressWhen, resultOf } from './backfill-stage.js';
import { startMockedTemporal, type MockedTemporal } from './mocked-temporal.js';

let temporal: MockedTemporal;
beforeAll(async () => {
  temporal = await startMockedTemporal();
});
afterAll(async () => {
  await temporal.close();
});

const span = (from: string, to: string) => ({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` });
const WEEK = span('2026-03-01', '2026-03-08');
const MONTH = span('2026-01-01', '2026-01-29');
const [A, B] = ['omh:heart-rate:2.0', 'omh:step-count:3.0'];

describe('requests merge', () => {
  it('one that comes while another is read joins it, and each window is read once, newest first', async () => {
    const { way, windows, arrival, activities } = past(1);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(1, WEEK);
      await arrival();
      await stage.orchestration.requestBackfill(1, MONTH);
      way.open();
      const numbers = {
        state: 'done',
        percent: 100,
        windowsDone: 5,
        daysDone: 35,
        daysTotal: 35,
        created: 5,
      };
      expect(await resultOf(stage, 1)).toMatchObject(numbers);
    });
    expect(windows()).toEqual(['2026-03-01', '2026-01-22', '2026-01-15', '2026-01-08', '2026-01-01']);
  });

  it('of one that overlaps what is read or under way, only the rest is read', async () => {
    const { way, windows, arrival, activities } = past(2);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(2, span('2026-01-08', '2026-01-29'));
      await arrival();
      // Within what is read, over what is under way, newer, older, and the same again.
      await stage.orchestration.requestBackfill(2, span('2026-01-23', '2026-01-28'));
      await stage.orchestration.requestBackfill(2, span('2026-01-14', '2026-01-20'));
      await stage.orchestration.requestBackfill(2, span('2026-01-25', '2026-02-01'));
      await stage.orchestration.requestBackfill(2, span('2026-01-05', '2026-01-10'));
      await stage.orchestration.requestBackfill(2, span('2026-01-08', '2026-01-29'));
      way.open();
      expect(await resultOf(stage, 2)).toMatchObject({
        state: 'done',
        percent: 100,
        daysDone: 27,
        daysTotal: 27,
      });
    });
    expect(windows()).toEqual(['2026-01-22', '2026-01-15', '2026-01-29', '2026-01-08', '2026-01-05']);
  });

  it('two at once are one backfill', async () => {
    const { windows, activities } = past();
    await temporal.tell(activities, async (stage) => {
      await Promise.all([
        stage.orchestration.requestBackfill(3, MONTH),
        stage.orchestration.requestBackfill(3, MONTH),
      ]);
      expect(await resultOf(stage, 3)).toMatchObject({ state: 'done', windowsDone: 4 });
    });
    expect(windows()).toHaveLength(4);
  });

  it('those of other data types are read apart', async () => {
    const { way, reads, arrival, activities } = past(1);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(4, { ...WEEK, dataTypes: [A, B] });
      await arrival();
      await stage.orchestration.requestBackfill(4, { ...WEEK, dataTypes: [B, A] });
      await stage.orchestration.requestBackfill(4, { ...WEEK, dataTypes: [A] });
      await stage.orchestration.requestBackfill(4, WEEK);
      way.open();
      expect(await resultOf(stage, 4)).toMatchObject({ state: 'done', windowsDone: 3, daysDone: 21 });
    });
    expect(reads.map(({ dataTypes }) => dataTypes)).toEqual([[A, B], [A], null]);
  });

  it('one that is to be read anew is read whole, what was read before and what is under way included', async () => {
    const { way, windows, arrival, activities } = past(2);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(5, MONTH);
      await arrival();
      await stage.orchestration.requestBackfill(5, { ...MONTH, anew: true });
      way.open();
      expect(await resultOf(stage, 5)).toMatchObject({
        state: 'done',
        percent: 100,
        windowsDone: 6,
        daysTotal: 42,
      });
    });
    expect(windows().slice(0, 3)).toEqual(['2026-01-22', '2026-01-15', '2026-01-22']);
  });

  it('one that has no time, or ends before it begins, changes nothing', async () => {
    const { windows, activities } = past();
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(6, { from: 'long ago', to: WEEK.to });
      expect(await resultOf(stage, 6)).toMatchObject({
        state: 'done',
        percent: 100,
        windowsDone: 0,
        rate: null,
      });
      await stage.orchestration.requestBackfill(6, { from: WEEK.to, to: WEEK.from });
      expect(await resultOf(stage, 6)).toMatchObject({ state: 'done', daysTotal: 0 });
    });
    expect(windows()).toEqual([]);
  });
});

describe('a connection of which Open Wearables fetches the history', () => {
  it('is read when it has fetched it, and not before', async () => {
    const { windows, activities } = past();
    let checks = 0;
    const vendorHistoryFetched = () => Promise.resolve((checks += 1) > 2);
    await temporal.tell({ ...activities, vendorHistoryFetched }, async (stage) => {
      await stage.orchestration.requestBackfill(11, { ...WEEK, awaitHistoryOf: 'oura' });
      await progressWhen(stage, 11, 'it waits', ({ state }) => {
        expect(windows().length === 0 || checks === 3).toBe(true);
        return state === 'waiting for the vendor';
      });
      expect(await resultOf(stage, 11)).toMatchObject({ state: 'done', windowsDone: 1 });
    });
    expect(checks).toBe(3);
  });

  it('is read whole, though the days were read for another one', async () => {
    const { way, windows, arrival, activities } = past(1);
    const vendorHistoryFetched = () => Promise.resolve(true);
    await temporal.tell({ ...activities, vendorHistoryFetched }, async (stage) => {
      await stage.orchestration.requestBackfill(12, WEEK);
      await arrival();
      await stage.orchestration.requestBackfill(12, { ...WEEK, awaitHistoryOf: 'garmin' });
      way.open();
      expect(await resultOf(stage, 12)).toMatchObject({ state: 'done', windowsDone: 2 });
    });
    expect(windows()).toEqual(['2026-03-01', '2026-03-01']);
  });

  it('is waited for no longer when the backfill is cancelled', async () => {
    const { windows, activities } = past();
    const vendorHistoryFetched = () => Promise.resolve(false);
    await temporal.tell({ ...activities, vendorHistoryFetched }, async (stage) => {
      await stage.orchestration.requestBackfill(13, { ...WEEK, awaitHistoryOf: 'oura' });
      await progressWhen(stage, 13, 'it waits', ({ state }) => state === 'waiting for the vendor');
      await stage.orchestration.steerBackfill(13, 'cancel');
      expect(await resultOf(stage, 13)).toMatchObject({ state: 'cancelled', percent: 0, daysTotal: 7 });
    });
    expect(windows()).toEqual([]);
  });
});

describe('steering', () => {
  it('a paused backfill ends its window and reads nothing more until it is resumed', async () => {
    const { way, windows, arrival, activities } = past(1);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(21, MONTH);
      await arrival();
      await stage.orchestration.steerBackfill(21, 'pause');
      way.open();
      const paused = await progressWhen(
        stage,
        21,
        'a window is done',
        ({ windowsDone }) => windowsDone === 1,
      );
      expect(paused).toMatchObject({ state: 'paused', percent: 25, daysDone: 7, eta: null, window: null });
      expect(windows()).toHaveLength(1);
      await stage.orchestration.steerBackfill(21, 'resume');
      expect(await resultOf(stage, 21)).toMatchObject({ state: 'done', windowsDone: 4 });
    });
  });

  it('a cancelled backfill ends at once, in the middle of a window or at rest', async () => {
    for (const [patientId, pauses] of [
      [22, false],
      [23, true],
    ] as const) {
      const { way, windows, arrival, activities } = past(2);
      await temporal.tell(activities, async (stage) => {
        await stage.orchestration.requestBackfill(patientId, MONTH);
        await arrival();
        if (pauses) {
          await stage.orchestration.steerBackfill(patientId, 'pause');
          way.open();
          await progressWhen(stage, patientId, 'it rests', ({ windowsDone }) => windowsDone === 2);
        }
        await stage.orchestration.steerBackfill(patientId, 'cancel');
        const done = pauses ? 2 : 1;
        expect(await resultOf(stage, patientId)).toMatchObject({
          ...{ state: 'cancelled', windowsDone: done, created: done, percent: 25 * done, daysTotal: 28 },
          ...{ window: null, eta: null },
        });
        way.open();
      });
      expect(windows()).toHaveLength(2);
    }
  });

  it('what is asked for right after a cancel is read, and nothing else', async () => {
    const { way, windows, arrival, activities } = past(2);
    await temporal.tell(activities, async (stage) => {
      await stage.orchestration.requestBackfill(24, MONTH);
      await arrival();
      await stage.orchestration.steerBackfill(24, 'cancel');
      await stage.orchestration.requestBackfill(24, span('2026-01-10', '2026-01-29'));
      // The new request may meet the old run or begin a run of its own.
      const { state } = await resultOf(stage, 24);
      way.open();
      expect(state).toBe('done');
      expect(windows().at(-1)).toBe('2026-01-10');
      expect(windows()).not.toContain('2026-01-01');
    });
  });
});

describe('what waiting does not mend', () => {
  it('ends the backfill as failed and names itself, wherever it happens', async () => {
    const gone = () => Promise.reject(ApplicationFailure.nonRetryable('no such record', 'NotFound'));
    await temporal.tell({ readHistory: gone, vendorHistoryFetched: gone }, async (stage) => {
      const failed = { state: 'failed', failure: 'NotFound', windowsDone: 0, percent: 0 };
      await stage.orchestration.requestBackfill(31, WEEK);
      expect(await resultOf(stage, 31)).toMatchObject({ ...failed, daysTotal: 7 });
      await stage.orchestration.requestBackfill(32, { ...WEEK, awaitHistoryOf: 'oura' });
      expect(await resultOf(stage, 32)).toMatchObject(failed);
    });
  });

  it.each([
    [33, 'AccountMissing'],
    [34, 'AccountLost'],
  ] as const)('is no account, too (%i: %s)', async (patientId, type) => {
    const failure = ApplicationFailure.create({ message: 'no account', type });
    await temporal.tell({ readHistory: () => Promise.reject(failure) }, async (stage) => {
      await stage.orchestration.requestBackfill(patientId, WEEK);
      expect(await resultOf(stage, patientId)).toMatchObject({ state: 'failed', failure: type });
    });
  });

  it('is not an upstream that is away: it is asked again', async () => {
    const { activities, reads } = past();
    let tries = 0;
    const readHistory: typeof activities.readHistory = (request) => {
      if ((tries += 1) < 3)
        return Promise.reject(ApplicationFailure.create({ message: 'away', type: 'Unreachable' }));
      return activities.readHistory?.(request) ?? Promise.reject(new Error('no past'));
    };
    await temporal.tell({ readHistory }, async (stage) => {
      await stage.orchestration.requestBackfill(35, WEEK);
      expect(await resultOf(stage, 35)).toMatchObject({ state: 'done', failure: null });
    });
    expect(reads).toHaveLength(1);
  });
});

it('progress tells the window, the days, the rate and when it ends', async () => {
  const { way, arrival, activities } = past(3);
  await temporal.tell(activities, async (stage) => {
    await stage.orchestration.requestBackfill(41, MONTH);
    await arrival();
    const progress = await progressWhen(
      stage,
      41,
      'two windows are done',
      ({ windowsDone }) => windowsDone === 2,
    );
    expect(progress).toMatchObject({
      state: 'running',
      percent: 50,
      windowsTotal: 4,
      daysDone: 14,
      daysTotal: 28,
      seen: 2,
    });
    expect(progress.window).toEqual({ from: '2026-01-08T00:00:00.000Z', to: '2026-01-15T00:00:00.000Z' });
    expect(progress.rate).toBeGreaterThan(0);
    const [began, eta] = [Date.parse(progress.startedAt), Date.parse(progress.eta ?? '')];
    // Half is done, so that as much time is left.
    expect(eta).toBeGreaterThan(began);
    expect(eta).toBeLessThan(Date.now() + 60_000);
    way.open();
    expect(await resultOf(stage, 41)).toMatchObject({ percent: 100, seen: 4, eta: null, window: null });
  });
});
