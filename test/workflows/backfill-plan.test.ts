import { expect, it } from 'vitest';
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
