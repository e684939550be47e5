import { expect, it } from 'vitest';
import { coverageOf, newest } from '../../src/activities/page-coverage.js';

const WINDOW = { from: '2026-04-01T00:00:00.000Z', to: '2026-04-08T00:00:00.000001Z' };
const sample = (type: string, timestamp: unknown) => ({ type, timestamp, value: 60 });

it('a page proves each series up to its own newest sample, whatever order and offset the samples have', () => {
  const samples = [
    sample('heart_rate', '2026-04-02T08:30:00Z'),
    sample('heart_rate', '2026-04-02T10:00:00.5+02:00'),
    sample('oxygen_saturation', '2026-04-03T00:00:00Z'),
    sample('heart_rate', '2026-04-02T01:30:00.000001-07:00'),
  ];
  expect(coverageOf(samples, ['heart_rate', 'oxygen_saturation', 'weight'], WINDOW, false)).toEqual([
    {
      ...{ series: 'heart_rate', from: WINDOW.from },
      ...{ to: '2026-04-02T08:30:00.000001Z', last: '2026-04-02T08:30:00.000001Z' },
    },
    {
      ...{ series: 'oxygen_saturation', from: WINDOW.from },
      ...{ to: '2026-04-03T00:00:00.000000Z', last: '2026-04-03T00:00:00.000000Z' },
    },
  ]);
});

it('the last page proves the whole window of every series', () => {
  expect(
    coverageOf([sample('weight', '2026-04-02T08:30:00Z')], ['weight', 'heart_rate'], WINDOW, true),
  ).toEqual([
    { series: 'weight', ...WINDOW, last: '2026-04-02T08:30:00.000000Z' },
    { series: 'heart_rate', ...WINDOW, last: null },
  ]);
});

it('what was not asked for, and what is no time, proves nothing', () => {
  const strange = [
    '2026-03-31T23:59:59.999999Z',
    '2026-04-08T00:00:00.000001Z',
    '9999-12-31T23:59:59-12:00',
    '0001-01-01T00:00:00+05:00',
    '2026-04-02',
    'noon',
    1_775_000_000,
    null,
  ];
  const samples = strange.map((timestamp) => sample('heart_rate', timestamp));
  expect(newest([...samples, null, 'text'], 'timestamp', WINDOW)).toBeNull();
  expect(coverageOf([...samples, null, 'text'], ['heart_rate'], WINDOW, false)).toEqual([]);
  expect(newest([sample('heart_rate', '2026-04-08T00:00:00Z')], 'timestamp', WINDOW)).toBe(
    '2026-04-08T00:00:00.000000Z',
  );
});
