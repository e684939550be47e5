import { expect, it } from 'vitest';
import { nightBars } from '../../../src/web/charts/night-bars.js';
import { scaleOf, tickText, xOf, yOf } from '../../../src/web/charts/scale.js';

it.each([
  [
    [62, 118],
    [40, 120],
    [40, 60, 80, 100, 120],
  ],
  [[0, 8412], undefined, [0, 2500, 5000, 7500, 10000]],
  [[0.97, 0.99], undefined, undefined],
  [[5], undefined, undefined],
  [[], undefined, [0, 1]],
  [[-3, 7], undefined, undefined],
] as const)('the axis of %o in %o is round and holds every value', (values, sensible, ticks) => {
  const scale = scaleOf(values, sensible);
  if (ticks !== undefined) expect(scale.ticks).toEqual(ticks);
  expect(scale.ticks.length).toBeLessThanOrEqual(5);
  for (const value of values) {
    expect(value).toBeGreaterThanOrEqual(scale.low);
    expect(value).toBeLessThanOrEqual(scale.high);
  }
});

it('values lie in pixels from the top, moments in percent of the span', () => {
  const scale = { low: 40, high: 120, ticks: [] };
  const plot = { top: 12, height: 160 };
  expect([40, 80, 120].map((value) => yOf(value, scale, plot))).toEqual([172, 92, 12]);
  const span = { from: new Date('2026-11-21T00:00Z'), to: new Date('2026-11-22T00:00Z') };
  expect(xOf(new Date('2026-11-21T06:00Z'), span)).toBe(25);
  expect([8000, 2500, 120, 0.5].map(tickText)).toEqual(['8k', '2.5k', '120', '0.5']);
});

const night = (details: object, dataType = 'sleep_episode') => ({
  dataType,
  start: new Date('2026-11-20T22:11:00Z'),
  end: new Date('2026-11-21T05:52:00Z'),
  details: { ...details },
  isCorrected: false,
});
const episode = (state: string, start: string, end: string) => ({
  sleep_stage_state: state,
  sleep_stage_time_frame: { time_interval: { start_date_time: start, end_date_time: end } },
});

it('a night lies on the morning it ended, in minutes from noon by the clock of the patient', () => {
  const [bar] = nightBars([night({})], 'Europe/Madrid');
  expect(bar).toMatchObject({ day: '2026-11-21', isInOrder: false });
  expect(bar?.pieces).toEqual([{ stage: 'asleep', from: 671, to: 671 + 461 }]);
});

it('stages lie where they were slept when that is known, else they add up', () => {
  const episodes = [
    episode('Light_sleep', '2026-11-20T22:11:00Z', '2026-11-20T23:11:00Z'),
    episode('Deep_sleep', '2026-11-20T23:11:00Z', '2026-11-21T00:00:00Z'),
    episode('Sideways_sleep', '2026-11-21T00:00:00Z', '2026-11-21T00:10:00Z'),
  ];
  const totals = night({
    deep_sleep_duration: { value: 3600, unit: 'sec' },
    rem_sleep_duration: { value: 1800 },
  });
  const [inOrder] = nightBars(
    [totals, night({ sleep_stage_episodes: episodes }, 'sleep_stage_episodes')],
    'UTC',
  );
  expect(inOrder?.isInOrder).toBe(true);
  expect(inOrder?.pieces.map(({ stage, from, to }) => [stage, to - from])).toEqual([
    ['light', 60],
    ['deep', 49],
    ['asleep', 10],
  ]);
  const [added] = nightBars([totals], 'UTC');
  expect(added).toMatchObject({ isInOrder: false });
  expect(added?.pieces.map(({ stage, from, to }) => [stage, to - from])).toEqual([
    ['deep', 60],
    ['rem', 30],
  ]);
});

it('details of another shape are a night without stages, not an error', () => {
  for (const details of [
    { sleep_stage_episodes: 'many' },
    { sleep_stage_episodes: [null, {}, 3] },
    { deep_sleep_duration: 4 },
  ])
    expect(nightBars([night(details)], 'UTC')[0]?.pieces).toHaveLength(1);
});
