import { expect, it } from 'vitest';
import type { ReconcileTally } from '../../src/workflows/contract.js';
import { isDeep } from '../../src/workflows/depth.js';

const SATURDAY = new Date('2026-11-21T02:30:00Z');
const SUNDAY = new Date('2026-11-22T02:30:00Z');
const tally: ReconcileTally = {
  ...{ patients: 0, daysCompared: 0, daysDiffered: 0, created: 0, amended: 0, retired: 0, couldNotRead: {} },
};

it('everything is read again on Sundays, and on no other night', () => {
  expect(isDeep({}, SUNDAY)).toBe(true);
  expect(isDeep({}, SATURDAY)).toBe(false);
});

it('days that an operator names are read again on any day', () => {
  expect(isDeep({ days: 31 }, SATURDAY)).toBe(true);
});

it('a run that goes on past midnight stays as it began', () => {
  expect(isDeep({ resume: { afterId: 300, isDeep: false, tally } }, SUNDAY)).toBe(false);
  expect(isDeep({ resume: { afterId: 300, isDeep: true, tally } }, SATURDAY)).toBe(true);
});
