import { describe, expect, it } from 'vitest';
import { closedDates } from '../../src/activities/closed-dates.js';
import { newest } from '../../src/activities/page-coverage.js';
import { planRead } from '../../src/activities/read-plan.js';
import { dayWindows, readWindows } from '../../src/activities/reading.js';
import { agreedDataTypes, wantedFor } from '../../src/activities/wanted.js';
import { dataTypes } from '../../src/omh/registry.js';

const day = (number: number) => new Date(Date.UTC(2026, 3, number));

describe('the windows of a span', () => {
  const spans = (from: string, to: string) => readWindows(from, to).map((window) => [window.from, window.to]);

  it('are at most seven days long and meet', () => {
    expect(spans('2026-04-01T06:00:00Z', '2026-04-16T07:00:00Z')).toEqual([
      ['2026-04-01T06:00:00.000Z', '2026-04-08T06:00:00.000Z'],
      ['2026-04-08T06:00:00.000Z', '2026-04-15T06:00:00.000Z'],
      ['2026-04-15T06:00:00.000Z', '2026-04-16T07:00:00.000Z'],
    ]);
  });

  it('never end at exactly midnight, and overlap by that microsecond', () => {
    expect(spans('2026-04-01T00:00:00Z', '2026-04-09T00:00:00Z')).toEqual([
      ['2026-04-01T00:00:00.000Z', '2026-04-08T00:00:00.000001Z'],
      ['2026-04-08T00:00:00.000Z', '2026-04-09T00:00:00.000001Z'],
    ]);
  });

  it('are none when the span is empty or reversed', () => {
    expect(spans('2026-04-09T00:00:00Z', '2026-04-09T00:00:00Z')).toEqual([]);
    expect(spans('2026-04-09T00:00:00Z', '2026-04-01T00:00:00Z')).toEqual([]);
  });
});

describe('windows that meet at the patient’s midnights', () => {
  const MIDNIGHTS = Array.from({ length: 20 }, (_, index) => new Date(Date.UTC(2026, 3, index, 22)));
  const windows = (from: string, to: string, midnights = MIDNIGHTS) =>
    dayWindows({ from, to }, midnights).map((window) => `${window.from} ${window.to}`);

  it('hold a begun day and a week of whole ones', () => {
    expect(windows('2026-04-01T06:00:00Z', '2026-04-12T08:00:00Z')).toEqual([
      '2026-04-01T06:00:00.000Z 2026-04-08T22:00:00.000Z',
      '2026-04-08T22:00:00.000Z 2026-04-12T08:00:00.000Z',
    ]);
  });

  it('are one where no midnight, or only the very ends, lie within', () => {
    expect(windows('2026-04-01T22:00:00Z', '2026-04-02T22:00:00Z')).toEqual([
      '2026-04-01T22:00:00.000Z 2026-04-02T22:00:00.000Z',
    ]);
    expect(windows('2026-04-01T06:00:00Z', '2026-04-03T06:00:00Z', [])).toHaveLength(1);
  });

  it('never end at exactly midnight of UTC', () => {
    const utc = MIDNIGHTS.map((midnight) => new Date(midnight.getTime() + 2 * 3_600_000));
    expect(windows('2026-04-02T00:00:00Z', '2026-04-12T00:00:00Z', utc)).toEqual([
      '2026-04-02T00:00:00.000Z 2026-04-10T00:00:00.000001Z',
      '2026-04-10T00:00:00.000Z 2026-04-12T00:00:00.000001Z',
    ]);
  });
});

describe('the start of a read', () => {
  const cursor = (series: string, position: Date | null, coveredTo: Date) => ({
    ...{ series, position, coveredTo, coveredFrom: day(1) },
  });
  const wanted = wantedFor(['heart_rate']);
  const plan = (cursors: ReturnType<typeof cursor>[], { feeds = wanted, earliest = day(1) } = {}) =>
    planRead(cursors, feeds, {
      now: day(21).getTime(),
      lookbackMs: 24 * 3_600_000,
      earliest: earliest.getTime(),
    }).map(({ feeds: names, from }) => [names.join(' '), from]);
  const BOTH = 'heart_rate resting_heart_rate';

  it('is the lookback before anything was read, for all series in one request', () => {
    expect(plan([])).toEqual([[BOTH, '2026-04-20T00:00:00.000Z']]);
  });

  it('is the lookback when the newest sample is younger', () => {
    expect(plan([cursor('heart_rate', day(21), day(21))])).toEqual([[BOTH, '2026-04-20T00:00:00.000Z']]);
  });

  it('is, after an outage of ours, where the last read ended, however long ago', () => {
    const both = ['heart_rate', 'resting_heart_rate'].map((series) => cursor(series, day(3), day(3)));
    expect(plan(both)).toEqual([[BOTH, '2026-04-03T00:00:00.000Z']]);
  });

  it('is, for a series that fell silent, its newest sample, and costs the others nothing', () => {
    const cursors = [cursor('heart_rate', day(21), day(21)), cursor('resting_heart_rate', day(18), day(21))];
    expect(plan(cursors)).toEqual([
      ['heart_rate', '2026-04-20T00:00:00.000Z'],
      ['resting_heart_rate', '2026-04-18T00:00:00.000Z'],
    ]);
  });

  it('is the earlier one of two series that fell silent', () => {
    const cursors = [cursor('heart_rate', day(18), day(21)), cursor('resting_heart_rate', day(16), day(21))];
    expect(plan(cursors)).toEqual([[BOTH, '2026-04-16T00:00:00.000Z']]);
  });

  it('is a week back for a series that has been silent for longer', () => {
    const cursors = [cursor('heart_rate', day(21), day(21)), cursor('resting_heart_rate', day(2), day(21))];
    expect(plan(cursors).at(-1)).toEqual(['resting_heart_rate', '2026-04-14T00:00:00.000Z']);
  });

  it('is a full hour, but never before what consents allow', () => {
    expect(plan([], { earliest: new Date(Date.UTC(2026, 3, 20, 13, 45)) })).toEqual([
      [BOTH, '2026-04-20T13:45:00.000Z'],
    ]);
    const late = [cursor('heart_rate', new Date(Date.UTC(2026, 3, 18, 13, 45)), day(21))];
    expect(plan(late).at(-1)).toEqual(['heart_rate', '2026-04-18T13:00:00.000Z']);
  });

  it('is told for each endpoint by itself', () => {
    const feeds = wantedFor(['sleep_episode', 'physical_activity']);
    expect(plan([cursor('events/workouts', day(19), day(21))], { feeds })).toEqual([
      ['events/sleep', '2026-04-20T00:00:00.000Z'],
      ['events/workouts', '2026-04-19T00:00:00.000Z'],
      ['summaries/activity', '2026-04-20T00:00:00.000Z'],
    ]);
  });
});

describe('what is asked for', () => {
  const asked = (codes: string[], extraDataTypes: string[] = []) =>
    wantedFor(agreedDataTypes({ codes, extraDataTypes }));

  it('is what the agreed codes are made of, each once', () => {
    const { series, endpoints } = asked(['omh:heart-rate:2.0', 'omh:heart-rate:2.0']);
    expect(series).toEqual(['heart_rate', 'resting_heart_rate']);
    expect(endpoints).toEqual([]);
  });

  it('is nothing for a code without a data type: asking for none must not ask for all', () => {
    expect(asked(['omh:unheard-of:1.0'])).toEqual({ dataTypes: [], series: [], endpoints: [] });
  });

  it('is another data type of a code only when a study asks for it by name', () => {
    expect(asked(['omh:heart-rate:2.0']).series).not.toContain('walking_heart_rate_average');
    expect(asked(['omh:heart-rate:2.0'], ['walking_heart_rate_average']).series).toContain(
      'walking_heart_rate_average',
    );
  });

  it('is never where somebody was, whatever is agreed', () => {
    const { series } = wantedFor(dataTypes.map(({ name }) => name));
    expect(series).not.toContain('latitude');
    expect(series).not.toContain('longitude');
    expect(series).not.toContain('elevation');
  });
});

describe('the days whose totals are read', () => {
  it('are over, in the zone of the patient', () => {
    const window = { from: '2026-04-08T23:00:00Z', to: '2026-04-10T23:00:00Z' };
    expect(closedDates(window, 'UTC')).toEqual({ from: '2026-04-08', to: '2026-04-09' });
    expect(closedDates(window, 'Europe/Berlin')).toEqual({ from: '2026-04-09', to: '2026-04-10' });
  });

  it('may be a single one', () => {
    const window = { from: '2026-04-09T00:00:00Z', to: '2026-04-10T00:00:00Z' };
    expect(closedDates(window, 'UTC')).toEqual({ from: '2026-04-09', to: '2026-04-09' });
  });

  it('are none as long as no day ended', () => {
    expect(closedDates({ from: '2026-04-09T00:00:00Z', to: '2026-04-09T23:00:00Z' }, 'UTC')).toBeUndefined();
  });
});

it('a page proves what lies in its window, of which the first moment is a part and the end is none', () => {
  const window = { from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z' };
  const newestOf = (...times: string[]) =>
    newest(
      times.map((timestamp) => ({ timestamp })),
      'timestamp',
      window,
    );
  expect(newestOf('2026-04-01T00:00:00Z')).toBe('2026-04-01T00:00:00.000000Z');
  expect(newestOf('2026-03-31T23:59:59.999999Z', '2026-04-02T00:00:00Z')).toBeNull();
  expect(newestOf('2026-04-01T23:59:59.999999Z', '2026-04-01T12:00:00Z')).toBe('2026-04-01T23:59:59.999999Z');
});
