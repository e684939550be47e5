import { expect, it } from 'vitest';
import { daysToRead, KnownDays, type Countable, type Days } from '../../src/activities/compare-counts.js';
import type { ClosedDay, MissedDay } from '../../src/db/reconcile.js';

const HEART_RATE: Countable = { kind: 'sample', feeds: ['heart_rate'], dataTypes: ['heart_rate'] };
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function dayAt(index: number): ClosedDay {
  const [from, to] = [new Date(START + index * DAY_MS), new Date(START + (index + 1) * DAY_MS)];
  return { day: from.toISOString().slice(0, 10), from, to, isWhole: true };
}
const days: Days = Array.from({ length: 83 }, (_, index) => dayAt(index));

/** Ten samples a day were shown, but on these days none was ever looked for. */
function known(without: readonly number[] = [], missed: readonly number[] = []): KnownDays {
  const coverage = days
    .filter((_, index) => !without.includes(index))
    .map(({ day }) => ({
      ...{ dataType: 'heart_rate', kind: 'sample' as const, day, checkedAt: new Date(START) },
      ...{ shown: 10, expected: 10, stored: 10, rejected: 0 },
    }));
  const absent = missed.map((index): MissedDay => {
    return { dataType: 'heart_rate', kind: 'sample', day: dayAt(index).day };
  });
  return new KnownDays(coverage, absent);
}

/** Open Wearables shows ten a day, and so many more or fewer on some days. */
async function compare(differences: Readonly<Record<number, number>>, of = known(), isCounted = true) {
  let counts = 0;
  const read = await daysToRead(HEART_RATE, days, of, (_countable, span) => {
    counts += 1;
    const shown = span.map((day) => 10 + (differences[days.indexOf(day)] ?? 0));
    return Promise.resolve(isCounted ? shown.reduce((sum, each) => sum + each, 0) : null);
  });
  return { counts, read: read.map((span) => span.map((day) => days.indexOf(day))) };
}
const total = (read: readonly number[][]) => read.flat().length;

it('equal counts cost one count and no read', async () => {
  expect(await compare({})).toEqual({ counts: 1, read: [] });
});

it('one day that differs is found with five counts, and its week is read', async () => {
  const { counts, read } = await compare({ 40: -1 });
  expect(read).toHaveLength(1);
  expect(read.flat()).toContain(40);
  expect(total(read)).toBeLessThanOrEqual(7);
  expect(counts).toBe(5);
});

it('every week that differs is found, wherever it is', async () => {
  const { counts, read } = await compare({ 0: 3, 41: 288, 82: -1 });
  expect(read.flat()).toEqual(expect.arrayContaining([0, 41, 82]));
  expect(total(read)).toBeLessThanOrEqual(21);
  expect(counts).toBeLessThanOrEqual(12);
});

it('when all differ, each day is read once', async () => {
  const { read } = await compare(Object.fromEntries(days.map((_, index) => [index, 1])));
  expect(read.flat()).toEqual(days.map((_, index) => index));
});

it('a day that was never read completely is read alone, and the others are counted around it', async () => {
  expect(await compare({}, known([20]))).toEqual({ counts: 2, read: [[20]] });
});

it('a day of which something was missing is read, although its count is equal', async () => {
  expect(await compare({}, known([], [33]))).toEqual({ counts: 2, read: [[33]] });
});

it('without counts everything is read, in weeks', async () => {
  const { counts, read } = await compare({}, known(), false);
  expect(counts).toBe(1);
  expect(read.flat()).toEqual(days.map((_, index) => index));
  expect(Math.max(...read.map(({ length }) => length))).toBe(7);
});
