import { describe, expect, it } from 'vitest';
import { BackfillPlan } from '../../src/workflows/backfill-plan.js';
import type { BackfillRequest } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import type { Span } from '../../src/workflows/windows.js';

const NOON = Date.parse('2026-03-15T12:00:00Z');
const DAY_MS = 86_400_000;
const at = (days: number, ms = 0) => new Date(NOON + days * DAY_MS + ms).toISOString();
const midnightBefore = (time: string) => `${time.slice(0, 10)}T00:00:00.000Z`;

/** A plan of requests, of which the first window is read from the begin of its day on. */
function afterOneWindow(first: BackfillRequest, ...meanwhile: BackfillRequest[]): BackfillPlan {
  const plan = new BackfillPlan(true, undefined, NOON);
  plan.ask(first, NOON);
  const window = plan.begin(NOON);
  if (window === undefined) throw new Error('there is a window');
  for (const request of meanwhile) plan.ask(request, NOON);
  plan.finish(window, { ...NO_COUNTS, from: midnightBefore(window.from) }, NOON);
  return plan;
}

it('the next window ends where the one before really began: at a midnight of the patient', () => {
  const plan = afterOneWindow({ from: at(-14), to: at(0) });
  expect(plan.begin(NOON)).toEqual({ from: at(-14), to: '2026-03-08T00:00:00.000Z' });
  expect(plan.progress('running')).toMatchObject({ daysDone: 7.5, daysTotal: 14, windowsTotal: 2 });
});

it('a request whose ends come from two looks at the clock has no window of its own for the moment between', () => {
  const plan = afterOneWindow({ from: at(-7, -5), to: at(0) });
  expect(plan.next).toBeUndefined();
  expect(plan.progress('done')).toMatchObject({ windowsDone: 1, windowsTotal: 1, daysDone: 7, daysTotal: 7 });
});

it('what is asked for of the days before later on is what was not read of them', () => {
  const plan = afterOneWindow({ from: at(-7), to: at(0) });
  plan.ask({ from: at(-9), to: at(-3) }, NOON);
  expect(plan.next).toEqual({ from: at(-9), to: '2026-03-08T00:00:00.000Z' });
});

it('what is to be read anew, waits, or is of other data types is not shortened', () => {
  const anew = afterOneWindow({ from: at(-14), to: at(0) }, { from: at(-14), to: at(0), anew: true });
  expect(anew.next).toEqual({ from: at(-14), to: at(0) });
  const others: Span[] = [
    { from: at(-14), to: at(-7), dataTypes: ['heart_rate'] },
    { from: at(-14), to: at(-7), awaitHistoryOf: 'oura' },
  ];
  for (const other of others) expect(afterOneWindow({ from: at(-7), to: at(0) }, other).next).toEqual(other);
});

const counts = { ...NO_COUNTS, seen: 600, created: 500, unchanged: 100 };
const MINUTE_MS = 60_000;

/** A plan of four weeks of which one was read in ten minutes, 600 samples of it. */
function aWeekRead(): BackfillPlan {
  const plan = new BackfillPlan(true, undefined, NOON);
  plan.ask({ from: at(-28), to: at(0) }, NOON);
  const window = plan.begin(NOON);
  if (window === undefined) throw new Error('there is a window');
  plan.finish(window, counts, NOON + 10 * MINUTE_MS);
  return plan;
}

describe('how far a backfill is', () => {
  it('is nothing of everything before it began', () => {
    const plan = new BackfillPlan(true, undefined, NOON);
    expect(plan.progress('running')).toEqual({
      ...NO_COUNTS,
      ...{ state: 'running', percent: 0, windowsDone: 0, windowsTotal: 0, daysDone: 0, daysTotal: 0 },
      ...{ rate: null, eta: null, window: null },
    });
    plan.ask({ from: at(-10), to: at(0) }, NOON);
    expect(plan.progress('running')).toMatchObject({ percent: 0, windowsTotal: 2, daysTotal: 10, eta: null });
  });

  it('is told in days, windows, samples a second, and when it will be done at that pace', () => {
    expect(aWeekRead().progress('running')).toEqual({
      ...counts,
      ...{ state: 'running', percent: 25, windowsDone: 1, windowsTotal: 4, daysDone: 7, daysTotal: 28 },
      ...{ rate: 1, eta: at(0, 40 * MINUTE_MS), window: null },
    });
  });

  it('tells the window under way, whose days are still to come', () => {
    const plan = aWeekRead();
    plan.begin(NOON + 20 * MINUTE_MS);
    expect(plan.progress('running')).toMatchObject({
      ...{ window: { from: at(-14), to: at(-7) }, percent: 25, windowsTotal: 4, daysTotal: 28 },
      eta: at(0, 50 * MINUTE_MS),
    });
    for (const state of ['done', 'cancelled', 'failed'] as const)
      expect(plan.progress(state)).toMatchObject({ window: null, eta: null });
    expect(plan.progress('paused')).toMatchObject({ window: { from: at(-14), to: at(-7) }, eta: null });
  });

  it('is all of it once it is done, and what it was when it ended otherwise', () => {
    expect(aWeekRead().progress('done').percent).toBe(100);
    expect(aWeekRead().progress('failed').percent).toBe(25);
  });

  it('forgets what is left when it is given up', () => {
    const plan = aWeekRead();
    plan.begin(NOON);
    plan.clear();
    expect(plan.next).toBeUndefined();
    expect(plan.progress('cancelled')).toMatchObject({ daysTotal: 7, windowsTotal: 1, percent: 100 });
  });
});

describe('the next run of a backfill', () => {
  it('goes on where the one before stopped, with its counts', () => {
    const state = { ...aWeekRead().state(), startedAt: at(0), paused: false };
    expect(state).toMatchObject({ windowsDone: 1, daysDone: 7, readingMs: 10 * MINUTE_MS, counts });
    const plan = new BackfillPlan(true, state, NOON + 10 * MINUTE_MS);
    expect(plan.progress('running')).toEqual(aWeekRead().progress('running'));
    expect(plan.next).toEqual({ from: at(-28), to: at(-7) });
    plan.ask({ from: at(-30), to: at(0) }, NOON);
    expect(plan.next).toEqual({ from: at(-30), to: at(-7) });
  });

  it('of a state that told no days counts seven for a window, and drops requests without length', () => {
    const state = { requests: [{ from: at(0), to: at(0) }], windowsDone: 2, startedAt: at(0), paused: false };
    const plan = new BackfillPlan(true, { ...state, counts: NO_COUNTS }, NOON);
    expect(plan.progress('running')).toMatchObject({ daysDone: 14, windowsDone: 2 });
    expect(plan.next).toBeUndefined();
  });
});

describe('what waits for the history of a wearable', () => {
  it('is read whole once it is there; what waits for another one goes on waiting', () => {
    const plan = new BackfillPlan(true, undefined, NOON);
    plan.ask({ from: at(-7), to: at(0), awaitHistoryOf: 'oura' }, NOON);
    plan.ask({ from: at(-7), to: at(0), awaitHistoryOf: 'garmin' }, NOON);
    plan.awaited();
    expect(plan.state().requests).toEqual([
      { from: at(-7), to: at(0) },
      { from: at(-7), to: at(0), awaitHistoryOf: 'garmin' },
    ]);
  });
});

it('requests of earlier versions are read one by one, as they came', () => {
  const plan = new BackfillPlan(false, undefined, NOON);
  for (const days of [-7, -3]) plan.ask({ from: at(days), to: at(0) }, NOON);
  expect(plan.state().requests).toEqual([
    { from: at(-7), to: at(0) },
    { from: at(-3), to: at(0) },
  ]);
  plan.begin(NOON);
  plan.ask({ from: at(-2), to: at(-1) }, NOON);
  expect(plan.state().requests).toHaveLength(2);
});

it('what is asked for while it is under way is not read twice', () => {
  const plan = new BackfillPlan(true, undefined, NOON);
  plan.ask({ from: at(-7), to: at(0) }, NOON);
  plan.begin(NOON);
  plan.ask({ from: at(-6), to: at(0) }, NOON);
  plan.ask({ from: at(0), to: at(0) }, NOON);
  expect(plan.next).toBeUndefined();
});
