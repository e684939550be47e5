import { describe, expect, test } from 'vitest';
import { convertSample } from '../../src/omh/convert.js';
import { renderDataPoint } from '../../src/omh/data-point.js';
import { pairBloodPressure } from '../../src/omh/pair-blood-pressure.js';
import { loadSchemaValidation } from '../../src/schema-validation.js';
import { matchesReason, readVectors, type PairingCase, withPlaceholders } from '../../dev/golden-vectors.js';
import { deepFreeze, subject } from './world.js';

const context = { subject, timeZone: null };
const validation = loadSchemaValidation();
const { cases } = readVectors<PairingCase>('blood_pressure.ow_normalized.json');

const half = (type: 'systolic' | 'diastolic', value: number, more: object = {}) => ({
  timestamp: '2026-04-09T08:30:00Z',
  type: `blood_pressure_${type}`,
  value,
  source: { provider: 'withings', source: 'withings', device: 'BPM Connect' },
  ...more,
});

const identifiers = (samples: readonly unknown[]) =>
  pairBloodPressure(samples, context).readings.map(({ measurement }) => measurement.identifier);

describe('the golden vectors', () => {
  test.each(cases)('$name', ({ input, expected, held_back, errors }) => {
    const pairing = pairBloodPressure(deepFreeze(input), context);
    const points = pairing.readings.map(({ measurement }) => renderDataPoint(measurement));
    expect(JSON.stringify(points.map(withPlaceholders))).toBe(JSON.stringify(expected));
    expect(points.flatMap(validation.problemsOf)).toEqual([]);
    expect(pairing.heldBack).toEqual(held_back);
    expect(pairing.rejected.map(({ index, outcome }) => ({ index, class: outcome.class }))).toEqual(
      errors.map((error) => ({ index: error.index, class: error.class })),
    );
    pairing.rejected.forEach(({ outcome }, position) => {
      expect(matchesReason(errors[position]?.reason ?? '', outcome)).toBe(true);
    });
  });
});

test('halves of one microsecond pair whatever their offsets; the frame is the systolic one', () => {
  const later = half('diastolic', 79, { timestamp: '2026-04-09T10:30:00+02:00' });
  const { readings } = pairBloodPressure([later, half('systolic', 121)], context);
  expect(readings.map(({ measurement }) => measurement.start)).toEqual(['2026-04-09T08:30:00Z']);
  const apart = half('diastolic', 79, { timestamp: '2026-04-09T08:30:00.000001Z' });
  expect(pairBloodPressure([half('systolic', 121), apart], context).heldBack).toEqual([0, 1]);
});

test('every sample is in a reading, held back or rejected, once', () => {
  const alone = half('systolic', 118, { timestamp: '2026-04-09T09:30:00Z' });
  const samples = [half('systolic', 121), 7, alone, half('diastolic', 79), half('systolic', 122), alone];
  const { readings, heldBack, rejected } = pairBloodPressure(samples, context);
  expect(readings.map((reading) => reading.samples)).toEqual([[0, 3, 4]]);
  expect(heldBack).toEqual([2, 5]);
  expect(rejected.map(({ index }) => index)).toEqual([1]);
});

test('a half that comes again counts in its later form, under the same identifier', () => {
  const once = [half('systolic', 121), half('diastolic', 79)];
  const corrected = [...once, half('systolic', 130)];
  expect(identifiers(corrected)).toEqual(identifiers(once));
  const [reading] = pairBloodPressure(corrected, context).readings;
  expect(reading?.measurement.details?.['systolic_blood_pressure']).toEqual({ value: 130, unit: 'mmHg' });
});

test('the order of the halves changes nothing', () => {
  const halves = [half('systolic', 121), half('diastolic', 79)];
  expect(identifiers(halves.toReversed())).toEqual(identifiers(halves));
});

test('a half that does not say which it is, is rejected', () => {
  const { rejected } = pairBloodPressure([half('systolic', 121, { type: null })], context);
  expect(rejected.map(({ outcome }) => outcome.reason)).toEqual(['unknown-series']);
});

test('one half alone has no conversion', () => {
  const outcome = convertSample('blood_pressure', 'ow_normalized', half('systolic', 121), context);
  expect(outcome).toMatchObject({ rejected: true, reason: 'no-converter' });
});
