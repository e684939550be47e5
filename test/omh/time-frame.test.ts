import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orRejected } from '../../src/omh/rejection.js';
import {
  at,
  between,
  compareInstants,
  instantFromUtc,
  instantToUtc,
  plusSeconds,
  utcText,
} from '../../src/omh/time-frame.js';
import { timestamps } from './timestamps.js';

const read = (timestamp: unknown) => orRejected(() => ({ text: at(timestamp, 'time') }));

describe('an instant is written in one form', () => {
  test.each([
    ['2026-04-09T08:30Z', '2026-04-09T08:30:00Z'],
    ['2026-04-09t08:30:00z'.replace('z', 'Z'), '2026-04-09T08:30:00Z'],
    [' 2026-04-09 08:30:00,5+00 ', '2026-04-09T08:30:00.500000Z'],
    ['2026-04-09T08:30:00-00:00', '2026-04-09T08:30:00Z'],
    ['2026-04-09T08:30:00+0000', '2026-04-09T08:30:00Z'],
    ['2026-04-09T08:30:00-07', '2026-04-09T08:30:00-07:00'],
    ['2026-04-09T08:30:00-0700', '2026-04-09T08:30:00-07:00'],
    ['2026-04-09T08:30:00.000Z', '2026-04-09T08:30:00Z'],
    ['2026-04-09T08:30:00.0000004Z', '2026-04-09T08:30:00Z'],
    ['2026-04-09T08:30:00.9999999Z', '2026-04-09T08:30:00.999999Z'],
    ['2026-04-09T08:30:00.123456789Z', '2026-04-09T08:30:00.123456Z'],
    ['2024-02-29T00:00:00+23:59', '2024-02-29T00:00:00+23:59'],
    ['0001-01-01T00:00:00+05:00', '0001-01-01T00:00:00+05:00'],
    ['9999-12-31T23:59:59-12:00', '9999-12-31T23:59:59-12:00'],
  ])('%s is %s', (timestamp, expected) => {
    expect(read(timestamp)).toEqual({ text: expected });
  });
});

describe('a time that does not tell the instant is rejected', () => {
  test.each([
    ['2026-04-09T08:30:00', 'no-time-zone'],
    ['2026-04-09', 'no-time-zone'],
    [null, 'missing-field'],
    [undefined, 'missing-field'],
    [1_775_000_000, 'bad-time'],
    ['', 'bad-time'],
    ['20260409T083000Z', 'bad-time'],
    ['2026-W15-4T08:30:00Z', 'bad-time'],
    ['2026-04-09T24:00:00Z', 'bad-time'],
    ['2026-04-09T08:60:00Z', 'bad-time'],
    ['2026-04-09T08:30:60Z', 'bad-time'],
    ['2026-02-30T08:30:00Z', 'bad-time'],
    ['2100-02-29T08:30:00Z', 'bad-time'],
    ['2026-13-01T08:30:00Z', 'bad-time'],
    ['2026-00-01T08:30:00Z', 'bad-time'],
    ['2026-04-00T08:30:00Z', 'bad-time'],
    ['0000-01-01T08:30:00Z', 'bad-time'],
    ['10000-01-01T08:30:00Z', 'bad-time'],
    ['2026-4-9T08:30:00Z', 'bad-time'],
    ['2026-04-09T8:30:00Z', 'bad-time'],
    ['2026-04-09X08:30:00Z', 'bad-time'],
    ['2026-04-09T08Z', 'bad-time'],
    ['2026-04-09T08:30:00.Z', 'bad-time'],
    ['2026-04-09T08:30.5Z', 'bad-time'],
    ['2026-04-09T08:30:00 Z', 'bad-time'],
    ['2026-04-09T08:30:00z', 'bad-time'],
    ['2026-04-09T08:30:00+24:00', 'bad-time'],
    ['2026-04-09T08:30:00+00:60', 'bad-time'],
    ['2026-04-09T08:30:00+00:00:30', 'bad-time'],
    ['2026-04-09T08:30:00Z+01:00', 'bad-time'],
    ['٢٠٢٦-04-09T08:30:00Z', 'bad-time'],
  ])('%s: %s', (timestamp, reason) => {
    expect(read(timestamp)).toMatchObject({ rejected: true, reason, detail: 'time' });
  });
});

describe('for every instant', () => {
  test('the written form is its own written form', () => {
    fc.assert(
      fc.property(timestamps, (timestamp) => {
        const text = at(timestamp, 'time');
        expect(at(text, 'time')).toBe(text);
      }),
    );
  });

  test('UTC and offset give the text back', () => {
    fc.assert(
      fc.property(timestamps, (timestamp) => {
        const text = at(timestamp, 'time');
        const { utc, offsetMinutes } = instantToUtc(text);
        expect(instantFromUtc(utc, offsetMinutes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('moving there and back again changes nothing', () => {
    const years = timestamps.filter((text) => !/^(0001|9999)/.test(text.trim()));
    fc.assert(
      fc.property(years, fc.integer({ min: -100_000, max: 100_000 }), (timestamp, seconds) => {
        const text = at(timestamp, 'time');
        expect(plusSeconds(plusSeconds(text, seconds, 'time'), -seconds, 'time')).toBe(text);
      }),
    );
  });
});

test.each([
  ['2026-04-09T08:30:00Z', '2026-04-09T08:30:00.000000Z', 0],
  ['2026-04-09T08:30:00.5-07:00', '2026-04-09T15:30:00.500000Z', -420],
  ['2026-04-09T00:30:00+05:45', '2026-04-08T18:45:00.000000Z', 345],
  ['0001-01-01T00:00:00+05:00', '0001-12-31T19:00:00.000000Z BC', 300],
  ['9999-12-31T23:00:00-05:00', '10000-01-01T04:00:00.000000Z', -300],
])('%s is stored as %s', (timestamp, utc, offsetMinutes) => {
  expect(instantToUtc(at(timestamp, 'time'))).toEqual({ utc, offsetMinutes });
});

test('the identity of an instant is its UTC text', () => {
  expect(utcText('2026-04-09T08:30:00.500000-07:00')).toBe('2026-04-09T15:30:00.500000Z');
  expect(utcText('2026-04-09T08:30:00-07:00')).toBe('2026-04-09T15:30:00Z');
});

test('instants are compared to the microsecond, across offsets', () => {
  expect(compareInstants('2026-04-09T08:30:00Z', '2026-04-09T10:30:00+02:00')).toBe(0);
  expect(compareInstants('2026-04-09T08:30:00.000001Z', '2026-04-09T08:30:00Z')).toBeGreaterThan(0);
  expect(compareInstants('2026-04-09T08:30:00+01:00', '2026-04-09T08:30:00Z')).toBeLessThan(0);
});

test('an interval may be empty, and may not run backwards', () => {
  const span = (end: string) => orRejected(() => between('2026-04-09T08:30:00Z', 'from', end, 'to'));
  expect(span('2026-04-09T09:30:00+01:00')).toMatchObject({ end: '2026-04-09T09:30:00+01:00' });
  expect(span('2026-04-09T09:29:59.999999+01:00')).toMatchObject({
    reason: 'reversed-interval',
    detail: 'to',
  });
});
