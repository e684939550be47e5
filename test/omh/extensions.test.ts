import { expect, test } from 'vitest';
import { convertSleepHeartRates } from '../../src/omh/convert-sleep-heart-rates.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { renderDataPoint } from '../../src/omh/data-point.js';
import type { DataType, Fields } from '../../src/omh/data-type.js';
import { isFields } from '../../src/omh/fields.js';
import { identifierOf } from '../../src/omh/identity.js';
import type { Measurement, Rejected } from '../../src/omh/measurement.js';
import { dataTypeNamed, dataTypes, dataTypesOfSeries } from '../../src/omh/registry.js';
import { loadSchemaValidation } from '../../src/schema-validation.js';
import { BEYOND } from './beyond.js';
import { readVectors, type VectorCase, withPlaceholders } from '../../dev/golden-vectors.js';
import { deepFreeze, subject } from './world.js';

const validation = loadSchemaValidation();

const LIST_ITEM = /^sleep heart_rate\.items\[(\d)\]$/;

const examples = (['ow_normalized', 'oura_raw'] as const).flatMap((source) =>
  readVectors(`beyond.${source}.json`).cases.map((each) => ({ source, ...each })),
);

function convertExample({ source, name, input, options }: (typeof examples)[number]): Measurement | Rejected {
  const context = { subject, timeZone: options.tz ?? null };
  const item = LIST_ITEM.exec(name);
  if (item === null) return convertSample(BEYOND[name] ?? '', source, deepFreeze(input), context);
  // The list of the example has a gap at 1, which gives nothing.
  const rate = convertSleepHeartRates(deepFreeze(input), context)[Number(item[1]) / 2];
  if (rate === undefined) throw new Error('the list has no such rate');
  return rate;
}

test.each(examples)('$source: $name', (example) => {
  const outcome = convertExample(example);
  if (isRejected(outcome)) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  const point = renderDataPoint(outcome);
  const expected: VectorCase['expected'] = example.expected;
  expect(JSON.stringify(withPlaceholders(point))).toBe(JSON.stringify(expected));
  expect(validation.problemsOf(point)).toEqual([]);
  expect(dataTypeNamed(outcome.dataType).standing).toBe('extension');
});

/** A field that only the records of one endpoint have, the first that applies. */
const TELLTALES = [
  ['nap_count', 'summaries/sleep'],
  ['floors_climbed', 'summaries/activity'],
  ['calories_kcal', 'events/workouts'],
  ['is_nap', 'events/sleep'],
  ['bedtime_start', 'sleep'],
  ['equivalent_walking_distance', 'daily_activity'],
] as const;

/** The data types that read a record, by the endpoint or the series it is of. */
function readersOf(record: Fields): readonly DataType[] {
  const endpoint = TELLTALES.find(([field]) => field in record)?.[1];
  const series = typeof record['type'] === 'string' ? record['type'] : '';
  if (endpoint === undefined) return dataTypesOfSeries(series);
  return dataTypes.filter(({ feeds }) =>
    feeds.some((feed) => 'endpoint' in feed && feed.endpoint === endpoint),
  );
}

test('no two points of the records of one day share an identifier', () => {
  const context = { subject, timeZone: 'America/Los_Angeles' };
  const points = examples.flatMap(({ source, input }) => {
    const record: Fields = isFields(input) ? { ...input, date: '2026-04-09' } : {};
    const outcomes = readersOf(record).map(({ name }) => convertSample(name, source, record, context));
    return outcomes.flatMap((outcome) => (isRejected(outcome) ? [] : [renderDataPoint(outcome)]));
  });
  const identifiers = new Set(points.map(({ header }) => header.uuid));
  expect(identifiers.size).toBeGreaterThan(30);
  expect(identifiers.size).toBe(new Set(points.map((point) => JSON.stringify(point))).size);
});

test.each([
  [
    'workout avg_heart_rate_bpm',
    'heart_rate:average',
    ['workout', 'garmin', 'Forerunner 265', '2026-04-09T06:00:00Z'],
  ],
  ["day's heart rate min_bpm", 'heart_rate:minimum', ['summary', '2026-04-09']],
  ['sleep average_heart_rate', 'heart_rate:average', ['sleep', 'abc-123']],
  ['sleep latency', 'sleep_onset_latency', ['sleep', 'abc-123']],
])('%s is identified as %s', (title, name, key) => {
  const example = examples.find((each) => each.name === title);
  if (example === undefined) throw new Error('there is no such example');
  expect(convertExample(example)).toMatchObject({
    identifier: identifierOf(subject, example.source, name, key),
  });
});

test('no two rates of one night share an identifier', () => {
  const night = examples.find(({ name }) => LIST_ITEM.test(name))?.input;
  const rates = convertSleepHeartRates(night, { subject, timeZone: null });
  const identifiers = rates.map((outcome) => (isRejected(outcome) ? '' : outcome.identifier));
  expect(new Set(identifiers).size).toBe(2);
});

test('a gap in the heart rate list of a night gives nothing, and a broken rate rejects only itself', () => {
  const night = {
    id: 'abc-123',
    bedtime_start: '2026-04-09T22:30:00-07:00',
    bedtime_end: '2026-04-10T06:45:00-07:00',
    heart_rate: { interval: 300, items: [60, null, '58', 57], timestamp: '2026-04-09T23:55:00-07:00' },
  };
  const outcomes = convertSleepHeartRates(night, { subject, timeZone: null });
  const told = outcomes.map((outcome) => (isRejected(outcome) ? outcome.reason : outcome.start));
  expect(told).toEqual(['2026-04-09T23:55:00-07:00', 'bad-number', '2026-04-10T00:10:00-07:00']);
});

test('a hypnogram with an unknown phase is rejected', () => {
  const night = {
    id: 'abc-123',
    bedtime_start: '2026-04-09T22:30:00-07:00',
    bedtime_end: '2026-04-10T06:45:00-07:00',
    total_sleep_duration: 600,
    sleep_phase_5_min: '1129',
  };
  expect(convertSample('sleep_stage_episodes', 'oura_raw', night, { subject, timeZone: null })).toEqual({
    rejected: true,
    class: 'ConversionError',
    reason: 'bad-field',
    detail: 'sleep_phase_5_min',
  });
});
