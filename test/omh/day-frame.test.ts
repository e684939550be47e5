import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/omh/day-frame.js';
import { orRejected } from '../../src/omh/rejection.js';
import { compareInstants } from '../../src/omh/time-frame.js';

const read = (date: unknown, zone: string | null) => orRejected(() => day(date, 'date', zone));

describe('a day runs from local midnight to local midnight', () => {
  test.each([
    ['UTC', '2026-04-09', 'T00:00:00Z', '2026-04-10T00:00:00Z'],
    ['America/Los_Angeles', '2026-03-08', 'T00:00:00-08:00', '2026-03-09T00:00:00-07:00'],
    ['America/Los_Angeles', '2026-11-01', 'T00:00:00-07:00', '2026-11-02T00:00:00-08:00'],
    ['Europe/London', '2026-03-29', 'T00:00:00Z', '2026-03-30T00:00:00+01:00'],
    ['Asia/Kathmandu', '2026-04-09', 'T00:00:00+05:45', '2026-04-10T00:00:00+05:45'],
    ['Australia/Lord_Howe', '2026-04-05', 'T00:00:00+11:00', '2026-04-06T00:00:00+10:30'],
    ['Australia/Lord_Howe', '2026-10-04', 'T00:00:00+10:30', '2026-10-05T00:00:00+11:00'],
    // Midnight does not exist.
    ['America/Santiago', '2026-09-06', 'T00:00:00-04:00', '2026-09-07T00:00:00-03:00'],
    ['America/Santiago', '2026-09-05', 'T00:00:00-04:00', '2026-09-06T00:00:00-04:00'],
    // Midnight occurs twice.
    ['America/Havana', '2026-11-01', 'T00:00:00-04:00', '2026-11-02T00:00:00-05:00'],
    ['America/Havana', '2026-10-31', 'T00:00:00-04:00', '2026-11-01T00:00:00-04:00'],
    // The whole day does not exist.
    ['Pacific/Apia', '2011-12-30', 'T00:00:00-10:00', '2011-12-31T00:00:00+14:00'],
    ['UTC', '0001-01-01', 'T00:00:00Z', '0001-01-02T00:00:00Z'],
    ['Asia/Tokyo', '9999-12-30', 'T00:00:00+09:00', '9999-12-31T00:00:00+09:00'],
    ['America/New_York', '2024-02-29', 'T00:00:00-05:00', '2024-03-01T00:00:00-05:00'],
  ])('%s, %s', (zone, date, start, end) => {
    expect(read(date, zone)).toEqual({ start: `${date}${start}`, end });
  });
});

describe('a day that cannot be placed is rejected', () => {
  test.each([
    ['2026-04-09', null, 'zone-required'],
    ['2026-04-09', 'Mars/Olympus', 'unknown-zone'],
    ['2026-04-09', '', 'unknown-zone'],
    ['2026-04-09', '+02:00', 'unknown-zone'],
    [null, 'UTC', 'missing-field'],
    [undefined, 'UTC', 'missing-field'],
    [20260409, 'UTC', 'bad-date'],
    ['20260409', 'UTC', 'bad-date'],
    ['2026-04-31', 'UTC', 'bad-date'],
    ['2026-4-9', 'UTC', 'bad-date'],
    [' 2026-04-09', 'UTC', 'bad-date'],
    ['2026-04-09T00:00:00Z', 'UTC', 'bad-date'],
    ['2026-W15-4', 'UTC', 'bad-date'],
    ['0000-01-01', 'UTC', 'bad-date'],
    ['9999-12-31', 'UTC', 'bad-date'],
    // The offset of that time has seconds.
    ['1850-01-01', 'America/New_York', 'bad-date'],
  ])('%s in %s: %s', (date, zone, reason) => {
    expect(read(date, zone)).toMatchObject({ rejected: true, reason });
  });
});

test('days follow each other without gap or overlap, in every zone', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const dates = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2037-12-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const next = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  fc.assert(
    fc.property(zones, dates, (zone, date) => {
      const today = day(date, 'date', zone);
      expect(today.end).toBe(day(next(date), 'date', zone).start);
      expect(compareInstants(today.start, today.end ?? '')).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
