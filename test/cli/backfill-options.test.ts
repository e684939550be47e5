import { InvalidArgumentError } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { endOf, startOf, typesOf } from '../../src/cli/backfill-options.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

it("a day goes from the operator's midnight to the next, also when the clocks change", () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  expect(startOf('2026-03-29').toISOString()).toBe('2026-03-28T23:00:00.000Z');
  expect(endOf('2026-03-29').toISOString()).toBe('2026-03-29T22:00:00.000Z');
});

it("a time is the operator's, unless it names its zone", () => {
  vi.stubEnv('TZ', 'Asia/Tokyo');
  expect(startOf('2026-01-31T12:00').toISOString()).toBe('2026-01-31T03:00:00.000Z');
  expect(endOf('2026-01-31T12:00Z').toISOString()).toBe('2026-01-31T12:00:00.000Z');
  expect(endOf('2026-01-31T12:00:30+02:00').toISOString()).toBe('2026-01-31T10:00:30.000Z');
});

it.each(['yesterday', '2026', '2026-02-30', '2026-13-01', '2026-01-01T25:00', ''])(
  '%j is no time',
  (text) => {
    expect(() => startOf(text)).toThrow(InvalidArgumentError);
    expect(() => endOf(text)).toThrow(InvalidArgumentError);
  },
);

it('data types are given by code or by name, each once', () => {
  const given = 'heart_rate, omh:oxygen-saturation:2.0,heart_rate';
  expect(typesOf(given)).toEqual(['heart_rate', 'omh:oxygen-saturation:2.0']);
});

it('a data type that is not known is refused with the list of those that are', () => {
  expect(() => typesOf('heart_rate,pulse')).toThrow(
    /pulse.*Known are:\n(.*\n)* {2}heart_rate \(omh:heart-rate:2\.0\)/,
  );
  expect(() => typesOf('')).toThrow(InvalidArgumentError);
});
