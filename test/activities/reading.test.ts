import { describe, expect, it } from 'vitest';
import { startOfRead } from '../../src/activities/consent.js';
import { readWindows, restOfWindows } from '../../src/activities/reading.js';
import { seriesOfCodes } from '../../src/activities/series.js';

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

  it('that are left begin with the one an earlier attempt was in; without a mark all are', () => {
    const windows = readWindows('2026-04-01T06:00:00Z', '2026-04-16T07:00:00Z');
    expect(restOfWindows(windows, windows[1]?.from)).toEqual(windows.slice(1));
    expect(restOfWindows(windows, undefined)).toEqual(windows);
  });
});

describe('the start of a read', () => {
  const cursor = (series: string, position: Date | null, coveredTo: Date) => ({
    ...{ series, position, coveredTo, coveredFrom: day(1) },
  });
  const lookback = day(20).getTime();
  const startOf = (...cursors: ReturnType<typeof cursor>[]) =>
    new Date(startOfRead(cursors, ['heart_rate', 'resting_heart_rate'], lookback));

  it('is the lookback before anything was read', () => {
    expect(startOf()).toEqual(day(20));
  });

  it('is the lookback when the newest sample is younger', () => {
    expect(startOf(cursor('heart_rate', day(21), day(21)))).toEqual(day(20));
  });

  it('is the newest sample after an outage, not when the last poll was', () => {
    expect(startOf(cursor('heart_rate', day(12), day(19)))).toEqual(day(12));
  });

  it('is where a series without samples was last read completely', () => {
    expect(startOf(cursor('heart_rate', null, day(14)))).toEqual(day(14));
  });

  it('is the earliest of all series that are asked for, and of no other', () => {
    const own = [cursor('heart_rate', day(15), day(19)), cursor('resting_heart_rate', day(13), day(19))];
    expect(startOf(...own, cursor('steps', day(2), day(3)))).toEqual(day(13));
  });
});

describe('the series of codes', () => {
  it('are those that the data type is made of, each once', () => {
    expect(seriesOfCodes(['omh:heart-rate:2.0', 'omh:heart-rate:2.0'])).toEqual([
      'heart_rate',
      'resting_heart_rate',
    ]);
  });

  it('are none for a code without a data type: asking for none must not ask for all', () => {
    expect(seriesOfCodes(['omh:unheard-of:1.0'])).toEqual([]);
  });
});
