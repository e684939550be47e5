import { expect, it } from 'vitest';
import { dayStateOf, percentOf, sumOfFigures } from '../src/completeness.js';

const context = {
  today: '2026-11-21',
  agreed: [{ from: '2026-11-10', to: '2026-11-15' }],
  connected: [{ from: '2026-11-12', to: null }],
};
const figures = (changes: object) => ({ expected: 10, stored: 10, rejected: 0, late: 0, ...changes });

it.each([
  ['2026-11-21', figures({}), 'unfinished'],
  ['2026-11-22', undefined, 'unfinished'],
  ['2026-11-13', figures({}), 'complete'],
  ['2026-11-13', figures({ late: 2 }), 'late'],
  ['2026-11-13', figures({ stored: 9 }), 'partial'],
  ['2026-11-13', figures({ stored: 9, rejected: 1, late: 1 }), 'rejected'],
  ['2026-11-13', figures({ expected: 0, stored: 0 }), 'nothing came'],
  ['2026-11-13', undefined, 'could not read'],
  ['2026-11-11', undefined, 'not connected'],
  ['2026-11-10', undefined, 'not connected'],
  ['2026-11-09', undefined, 'no consent'],
  ['2026-11-16', undefined, 'no consent'],
  ['2026-11-16', figures({ expected: 0, stored: 0 }), 'no consent'],
  ['2026-11-15', figures({ expected: 0, stored: 0 }), 'nothing came'],
] as const)('%s with %o is %s', (day, of, state) => {
  expect(dayStateOf(day, of, context)).toBe(state);
});

it('a percentage is whole, is 100 only when all is stored, and tells nothing where nothing was expected', () => {
  expect(percentOf([figures({ stored: 9 }), figures({})])).toBe(95);
  expect(percentOf([figures({ expected: 1000, stored: 999 })])).toBe(99);
  expect(percentOf([figures({ stored: 12 }), figures({ stored: 8 })])).toBe(90);
  expect(percentOf([figures({ expected: 0, stored: 0 })])).toBe(null);
  expect(percentOf([])).toBe(null);
});

it('kinds of records of one day are added up', () => {
  expect(sumOfFigures([figures({}), figures({ rejected: 1, late: 3 })])).toEqual({
    expected: 20,
    stored: 20,
    rejected: 1,
    late: 3,
  });
  expect(sumOfFigures([])).toBe(undefined);
});
