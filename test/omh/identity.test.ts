import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { identifierOf } from '../../src/omh/identity.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { workedExamples } from './worked-examples.js';
import { subject } from './world.js';

const context = { subject, timeZone: null };

const sample = {
  timestamp: '2026-08-07T08:05:00Z',
  type: 'heart_rate',
  value: 61,
  source: { provider: 'oura', source: 'apple_health', device: 'Oura Ring Gen3' },
};

function heartRate(more: object = {}, patient = subject): Measurement {
  const outcome = convertSample(
    'heart_rate',
    'ow_normalized',
    { ...sample, ...more },
    { ...context, subject: patient },
  );
  if (isRejected(outcome)) throw new Error(outcome.reason);
  return outcome;
}

test.each(workedExamples)(
  'worked example $title has its identifier',
  ({ type, source, timeZone, input, expected }) => {
    const outcome = convertSample(type, source, input, { subject, timeZone });
    expect(isRejected(outcome) ? outcome : outcome.identifier).toBe(expected.header.uuid);
  },
);

test('an identifier is the RFC 9562 version 5 of its name', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 8 });
  fc.assert(
    fc.property(texts, fc.string({ unit: 'grapheme' }), (recordKey, patient) => {
      const name = JSON.stringify([patient, 'ow_normalized', 'heart_rate', ...recordKey]);
      expect(identifierOf(patient, 'ow_normalized', 'heart_rate', recordKey)).toBe(v5(name, v5.URL));
    }),
    { numRuns: 500 },
  );
});

test('a name of any length has an identifier', () => {
  for (const device of ['x'.repeat(2000), 'リング'.repeat(300), '\ud800']) {
    const name = JSON.stringify([subject, 'ow_normalized', 'heart_rate', device]);
    expect(identifierOf(subject, 'ow_normalized', 'heart_rate', [device])).toBe(v5(name, v5.URL));
  }
});

describe('the identifier of a record stays', () => {
  const { identifier } = heartRate();

  test.each([
    ['its value is corrected', { value: 62 }],
    ['its unit is spelled differently', { unit: 'beats' }],
    ['its total becomes daily', { is_daily_total: true }],
    ['its instant is written in another offset', { timestamp: '2026-08-07T10:05:00+02:00' }],
    ['its instant gains a zero fraction', { timestamp: '2026-08-07T08:05:00.000Z' }],
    ['its device gets another name', { source: { ...sample.source, device_name: 'My ring' } }],
    ['its series is left out', { type: null }],
  ])('when %s', (_, change) => {
    expect(heartRate(change).identifier).toBe(identifier);
  });

  test('when an older upstream leaves out the source that equals the provider', () => {
    const named = heartRate({ source: { provider: 'oura', source: 'oura', device: null } });
    expect(heartRate({ source: { provider: 'oura' } }).identifier).toBe(named.identifier);
    expect(heartRate({ source: { provider: 'oura', source: null } }).identifier).toBe(named.identifier);
  });
});

describe('the identifier of a record changes', () => {
  test.each([
    ['instant', { timestamp: '2026-08-07T08:05:00.000001Z' }],
    ['series', { type: 'resting_heart_rate' }],
    ['provider', { source: { ...sample.source, provider: 'garmin' } }],
    ['source', { source: { ...sample.source, source: 'oura' } }],
    ['device', { source: { ...sample.source, device: null } }],
  ])('with its %s', (_, change) => {
    expect(heartRate(change).identifier).not.toBe(heartRate().identifier);
  });

  test('with its patient', () => {
    const other = '00000000-0000-4000-8000-000000000000';
    expect(heartRate({}, other).identifier).not.toBe(heartRate().identifier);
  });

  test('with the data type read from it', () => {
    const night = {
      start_time: '2026-08-06T22:10:00Z',
      end_time: '2026-08-07T05:55:00Z',
      time_in_bed_seconds: 1,
    };
    const identifiers = ['sleep_episode', 'time_in_bed'].map((type) => {
      const outcome = convertSample(type, 'ow_normalized', night, context);
      return isRejected(outcome) ? outcome.reason : outcome.identifier;
    });
    expect(new Set(identifiers).size).toBe(2);
  });
});

describe('a sleep session is one record', () => {
  const session = { id: 'a', start_time: '2026-08-06T22:10:00Z', end_time: '2026-08-07T05:55:00Z' };
  const identifierOfSession = (change: object) => {
    const outcome = convertSample('sleep_episode', 'ow_normalized', { ...session, ...change }, context);
    return isRejected(outcome) ? outcome.reason : outcome.identifier;
  };

  test('under any upstream id, until any end', () => {
    expect(identifierOfSession({ id: 'b', end_time: '2026-08-07T06:00:00Z' })).toBe(identifierOfSession({}));
  });

  test('for one provider and start', () => {
    const others = [{ source: { provider: 'garmin' } }, { start_time: '2026-08-06T22:11:00Z' }];
    const identifiers = [{}, ...others].map(identifierOfSession);
    expect(new Set(identifiers).size).toBe(3);
  });
});

test('two documents without an id are told apart by their start', () => {
  const identifiers = ['06:00', '07:00'].map((time) => {
    const workout = {
      type: 'running',
      start_time: `2026-08-06T${time}:00Z`,
      end_time: '2026-08-06T08:00:00Z',
    };
    const outcome = convertSample('physical_activity', 'ow_normalized', workout, context);
    return isRejected(outcome) ? outcome.reason : outcome.identifier;
  });
  expect(new Set(identifiers).size).toBe(2);
});
