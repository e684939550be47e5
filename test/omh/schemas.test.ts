import { describe, expect, test } from 'vitest';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { renderDataPoint, type DataPoint } from '../../src/omh/data-point.js';
import { loadSchemaValidation } from '../../src/schema-validation.js';
import { subject } from './world.js';
import { readVectorFiles } from '../../dev/golden-vectors.js';

const validation = loadSchemaValidation();

const convertible = readVectorFiles().flatMap(({ type, source, cases }) =>
  cases.filter(({ expected }) => expected !== undefined).map((each) => ({ type, source, ...each })),
);

test.each(convertible)('$type from $source meets its schemas: $name', ({ type, source, input, options }) => {
  const outcome = convertSample(type, source, input, { subject, timeZone: options.tz ?? null });
  if (isRejected(outcome)) throw new Error('the sample was rejected');
  expect(validation.problemsOf(renderDataPoint(outcome))).toEqual([]);
});

describe('a broken data point is told apart', () => {
  const sample = { timestamp: '2026-08-07T08:05:00Z', type: 'heart_rate', value: 61 };
  const outcome = convertSample('heart_rate', 'ow_normalized', sample, { subject, timeZone: null });
  if (isRejected(outcome)) throw new Error('the sample was rejected');
  const point = renderDataPoint(outcome);

  const withBody = (body: DataPoint['body']): DataPoint => ({ ...point, body: { ...point.body, ...body } });

  test('by its unit', () => {
    const problems = validation.problemsOf(withBody({ heart_rate: { value: 61, unit: 'bpm' } }));
    expect(problems).toContain('body/heart_rate/unit: enum');
  });

  test('by an infinite number', () => {
    const body = { heart_rate: { value: Infinity, unit: 'beats/min' } };
    expect(validation.problemsOf(withBody(body))).toContain('body/heart_rate/value: type');
  });

  test('by an empty time frame', () => {
    expect(validation.problemsOf(withBody({ effective_time_frame: {} }))).toContain(
      'body/effective_time_frame: oneOf',
    );
  });

  test('by an identifier that is none', () => {
    const broken = { ...point, header: { ...point.header, uuid: 'seven' } };
    expect(validation.problemsOf(broken)).toContain('header/uuid: format');
  });

  test('by a schema nobody published', () => {
    const schema_id = { namespace: 'omh', name: 'heart-rate', version: '9.9' };
    const broken = { ...point, header: { ...point.header, schema_id } };
    expect(validation.problemsOf(broken)).toEqual(['body: no such schema']);
  });
});
