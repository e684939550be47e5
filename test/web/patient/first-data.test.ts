import { expect, it } from 'vitest';
import { firstDataOf } from '../../../src/web/patient/first-data.js';
import type { BackfillProgress } from '../../../src/workflows/contract.js';

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const running: BackfillProgress = {
  state: 'running',
  percent: 42,
  windowsDone: 5,
  windowsTotal: 13,
  daysDone: 38,
  daysTotal: 90,
  rate: 100,
  eta: '2026-11-21T09:47:10Z',
  window: { from: '2026-10-07T00:00:00Z', to: '2026-10-14T00:00:00Z' },
  failure: null,
  startedAt: '2026-11-21T09:44:25Z',
  seen: 0,
  created: 0,
  amended: 0,
  unchanged: 0,
  rejected: 0,
  withheld: 0,
  held: 0,
  retired: 0,
};
const known = {
  byDay: [
    { daysAgo: 0, readings: 288, heartRate: null },
    { daysAgo: 1, readings: 12, heartRate: null },
  ],
  days: 90,
  confirmedAt: at('09:44:23'),
  now: at('09:44:40'),
};
const data = (backfill: BackfillProgress | undefined, later = {}) =>
  firstDataOf({ ...known, backfill, ...later });

it('counts what has come and says how far the reading is', () => {
  expect(data(running)).toMatchObject({
    readings: 300,
    state: 'reading',
    readBack: { days: 90, daysDone: 38, percent: 42, at: new Date('2026-10-14'), minutesLeft: 3 },
  });
});

it.each([
  ['waiting for the vendor', 'reading'],
  ['running', 'reading'],
  ['done', 'read'],
  ['paused', 'resting'],
  ['cancelled', 'resting'],
  ['failed', 'resting'],
] as const)('a backfill that is %s is shown as %s', (state, shown) => {
  expect(data({ ...running, state }).state).toBe(shown);
});

it('a reading of before this connection is not taken for its own while its own may begin', () => {
  const before: BackfillProgress = {
    ...running,
    state: 'done',
    percent: 100,
    startedAt: '2026-11-20T08:00:00Z',
  };
  expect(data(before)).toMatchObject({ state: 'reading', readBack: { percent: 0 } });
  expect(data(before, { now: at('09:59:00') }).state).toBe('read');
});

it('nothing arrives for ever: what has not begun within ten minutes rests', () => {
  expect(data(undefined).state).toBe('reading');
  expect(data(undefined, { now: at('09:54:24') }).state).toBe('resting');
});
