import { describe, expect, test } from 'vitest';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { renderDataPoint, type Renderable } from '../../src/omh/data-point.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { readVectorFiles } from '../../dev/golden-vectors.js';
import { workedExamples } from './worked-examples.js';
import { subject } from './world.js';

const measurements: readonly Measurement[] = readVectorFiles().flatMap(({ type, source, cases }) =>
  cases.flatMap(({ input, options }) => {
    const outcome = convertSample(type, source, input, { subject, timeZone: options.tz ?? null });
    return isRejected(outcome) ? [] : [outcome];
  }),
);

test.each(workedExamples)(
  'worked example $title, byte for byte',
  ({ type, source, timeZone, input, expected }) => {
    const outcome = convertSample(type, source, input, { subject, timeZone });
    if (isRejected(outcome)) throw new Error(outcome.reason);
    expect(JSON.stringify(renderDataPoint(outcome))).toBe(JSON.stringify(expected));
  },
);

test('a row that went through the database renders the same bytes', () => {
  expect(measurements.length).toBeGreaterThan(200);
  for (const measurement of measurements) {
    const { dataType, schemaId, identifier, start, end, value, details, datasheet } = measurement;
    const columns: Renderable = { dataType, schemaId, identifier, start, end, value, details, datasheet };
    const row = JSON.parse(JSON.stringify(columns)) as Renderable;
    expect(JSON.stringify(renderDataPoint(row))).toBe(JSON.stringify(renderDataPoint(measurement)));
  }
});

test('rendering twice gives the same bytes and leaves the row alone', () => {
  for (const measurement of measurements) {
    const before = JSON.stringify(measurement);
    const once = JSON.stringify(renderDataPoint(measurement));
    expect(JSON.stringify(renderDataPoint(measurement))).toBe(once);
    expect(JSON.stringify(measurement)).toBe(before);
  }
});

describe('the header', () => {
  test('has the identifier of the row and the time of the measurement, never that of the conversion', () => {
    for (const measurement of measurements) {
      const { header } = renderDataPoint(measurement);
      expect(header.uuid).toBe(measurement.identifier);
      expect(header.source_creation_date_time).toBe(measurement.end ?? measurement.start);
    }
  });

  test('says where the schema is kept', () => {
    for (const measurement of measurements) {
      const { namespace, name, version } = renderDataPoint(measurement).header.schema_id;
      expect([namespace, name, version].join(':')).toBe(measurement.schemaId);
    }
  });

  test('leaves the datasheets out when there is no reference', () => {
    const without = measurements.filter(({ datasheet }) => datasheet === null);
    expect(without.length).toBeGreaterThan(0);
    for (const measurement of without) {
      expect(Object.keys(renderDataPoint(measurement).header)).not.toContain('external_datasheets');
    }
  });
});

test('a number in the value column is always in the unit of its data type', () => {
  const heights = measurements.filter(({ dataType }) => dataType === 'body_height');
  const metres = heights.filter(({ origin }) => origin.series === 'personal_info');
  expect(metres.length).toBeGreaterThan(0);
  expect(metres.map(({ value }) => value)).toEqual(metres.map(() => null));
});
