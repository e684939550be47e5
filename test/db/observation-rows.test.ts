import { expect, it } from 'vitest';
import { toRow } from '../../src/db/observation-rows.js';
import type { Measurement } from '../../src/omh/measurement.js';

const instant: Measurement = {
  ...{
    dataType: 'heart_rate',
    schemaId: 'omh:heart-rate:2.0',
    identifier: 'b54b2b9e-0f3f-5d5f-8d4f-0d9b6b0b7a11',
  },
  ...{
    start: '2026-08-07T10:05:00.000001+02:00',
    end: null,
    value: 61,
    details: null,
    datasheet: 'Oura Ring',
  },
  origin: { provider: 'oura', source: 'apple_health', device: 'Ring', series: 'heart_rate' },
};

it('a row holds what was measured, when in UTC, how far from UTC, and where it came from', () => {
  expect(toRow(instant)).toEqual({
    ...{ identifier: instant.identifier, system: 'https://w3id.org/openmhealth', code: 'omh:heart-rate:2.0' },
    comes_with_code: true,
    ...{ effective_start: '2026-08-07T08:05:00.000001Z', start_offset: 120 },
    ...{ effective_end: null, end_offset: null, value: 61, details: null, data_type: 'heart_rate' },
    ...{
      provider: 'oura',
      source: 'apple_health',
      device: 'Ring',
      series: 'heart_rate',
      datasheet: 'Oura Ring',
    },
  });
});

it('an interval has an end with an offset of its own', () => {
  const row = toRow({ ...instant, end: '2026-08-07T10:06:00+01:00' });
  expect(row).toMatchObject({
    effective_end: '2026-08-07T09:06:00.000000Z',
    end_offset: 60,
    start_offset: 120,
  });
});

it('of the data types of a code, one comes with it and the others only by name', () => {
  expect(toRow({ ...instant, dataType: 'sleep_heart_rate' })).toMatchObject({
    ...{ code: 'omh:heart-rate:2.0', data_type: 'sleep_heart_rate', comes_with_code: false },
  });
});
