import { expect, it } from 'vitest';
import { shortfalls } from '../../bench/baseline.js';

const baseline = { backfill: { 'through Temporal to without': 0.8 } };
const resultOf = (ratio: number) => ({ backfill: { ratios: { 'through Temporal to without': ratio } } });

it('a ratio may fall to three quarters of what is stored, and no further', () => {
  expect(shortfalls(baseline, resultOf(0.61))).toEqual([]);
  expect(shortfalls(baseline, resultOf(0.59))).toEqual([
    'backfill: through Temporal to without is 0.590, under 0.600',
  ]);
});

it('a ratio that was not measured is one that was not reached', () => {
  expect(shortfalls(baseline, {})).toHaveLength(1);
  expect(shortfalls(baseline, resultOf(NaN))).toHaveLength(1);
});
