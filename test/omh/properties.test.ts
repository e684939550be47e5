import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import { renderDataPoint } from '../../src/omh/data-point.js';
import { isFields } from '../../src/omh/fields.js';
import { rejectionReasons, type SampleSource } from '../../src/omh/measurement.js';
import { dataTypes } from '../../src/omh/registry.js';
import { loadSchemaValidation } from '../../src/schema-validation.js';
import { timestamps } from './timestamps.js';
import { readVectorFiles, readVectors } from '../../dev/golden-vectors.js';
import { deepFreeze, subject } from './world.js';

interface Sample {
  readonly type: string;
  readonly source: SampleSource;
  readonly input: unknown;
  readonly timeZone: string | null;
}

const validation = loadSchemaValidation();
const sources = ['ow_normalized', 'oura_raw'] as const;
const zones = ['UTC', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Mars/Olympus', null];

/** Every sample of the vectors, under its own data type. */
const known: readonly Sample[] = readVectorFiles().flatMap(({ type, source, cases }) =>
  cases.map(({ input, options }) => ({ type, source, input, timeZone: options.tz ?? null })),
);

/** Every sample there is, each to be given to its own data type and to any other. */
const shapes: readonly unknown[] = [
  ...known.map(({ input }) => input),
  ...sources.flatMap((source) => readVectors(`beyond.${source}.json`).cases.map(({ input }) => input)),
];

const hostileValues = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    -0,
    1e308,
    5e-324,
    Number.MAX_SAFE_INTEGER,
    undefined,
    null,
    true,
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '72',
    'null',
    '2026-04-09',
    '2026-04-09T08:30:00',
    '9999-12-31',
    '9999-12-31T23:59:59-12:00',
  ),
  timestamps,
  fc.jsonValue({ maxDepth: 2 }),
);

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(), hostileValues), { maxLength: 3 });

function withChange(record: unknown, [first, second, value]: readonly [number, number, unknown]): unknown {
  if (!isFields(record)) return record;
  const names = Object.keys(record);
  const name = names[first % Math.max(names.length, 1)] ?? 'value';
  const inner = record[name];
  const replaced = isFields(inner) && second % 2 === 1 ? withChange(inner, [second, 0, value]) : value;
  return { ...record, [name]: replaced };
}

const strangers: fc.Arbitrary<Sample> = fc.record({
  type: fc.constantFrom(...dataTypes.map(({ name }) => name)),
  source: fc.constantFrom(...sources),
  input: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...shapes) },
    { weight: 1, arbitrary: fc.anything() },
  ),
  timeZone: fc.constantFrom(...zones),
});

/** Samples with some of their fields, at any depth of two, replaced by anything. */
const hostileSamples: fc.Arbitrary<Sample> = fc
  .tuple(fc.oneof(fc.constantFrom(...known), strangers), changes)
  .map(([sample, replaced]) => ({ ...sample, input: replaced.reduce(withChange, sample.input) }));

/** The bytes of the outcome: those of the data point, or of the rejection. */
function bytesOf({ type, source, input, timeZone }: Sample): string {
  const outcome = convertSample(type, source, input, { subject, timeZone });
  return JSON.stringify(isRejected(outcome) ? outcome : renderDataPoint(outcome));
}

const hostTimeZone = process.env['TZ'];
afterEach(() => {
  if (hostTimeZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = hostTimeZone;
});

test('any sample is converted into a valid data point or rejected for a known reason', () => {
  let converted = 0;
  fc.assert(
    fc.property(hostileSamples, ({ type, source, input, timeZone }) => {
      const outcome = convertSample(type, source, deepFreeze(input), { subject, timeZone });
      if (isRejected(outcome)) {
        expect(rejectionReasons).toContain(outcome.reason);
      } else {
        converted += 1;
        const point = renderDataPoint(outcome);
        expect(JSON.parse(JSON.stringify(point))).toEqual(point);
        expect(validation.problemsOf(point)).toEqual([]);
      }
    }),
    { numRuns: 10_000 },
  );
  expect(converted).toBeGreaterThan(1000);
}, 60_000);

test('a rejection names a field and never quotes a value', () => {
  const canary = 'canary-7f3a';
  const records = fc
    .tuple(fc.constantFrom(...shapes), fc.nat(), fc.nat())
    .map(([shape, first, second]) => withChange(shape, [first, second, canary]));
  fc.assert(
    fc.property(hostileSamples, records, ({ type, source, timeZone }, input) => {
      const outcome = convertSample(type, source, input, { subject, timeZone });
      if (isRejected(outcome)) expect(JSON.stringify(outcome)).not.toContain(canary);
    }),
    { numRuns: 2000 },
  );
});

test('converting again gives the same bytes', () => {
  fc.assert(
    fc.property(hostileSamples, (sample) => {
      expect(bytesOf(sample)).toBe(bytesOf(sample));
    }),
    { numRuns: 2000 },
  );
});

test('the order of the samples and the samples before them change nothing', () => {
  const alone = new Map(known.map((sample) => [sample, bytesOf(sample)]));
  fc.assert(
    fc.property(fc.shuffledSubarray([...known]), (samples) => {
      expect(samples.map(bytesOf)).toEqual(samples.map((sample) => alone.get(sample)));
    }),
    { numRuns: 50 },
  );
});

test.each(['UTC', 'America/Santiago', 'Pacific/Kiritimati', 'Australia/Lord_Howe', 'Africa/Monrovia'])(
  "a machine in the zone %s gives everyone else's bytes",
  (zone) => {
    const elsewhere = known.map(bytesOf);
    process.env['TZ'] = zone;
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    expect(known.map(bytesOf)).toEqual(elsewhere);
  },
);

test('numbers no JSON number can be are rejected', () => {
  for (const value of [NaN, Infinity, -Infinity, JSON.parse('1e400') as unknown]) {
    const input = { timestamp: '2026-04-09T08:30:00Z', type: 'heart_rate', value };
    const outcome = convertSample('heart_rate', 'ow_normalized', input, { subject, timeZone: null });
    expect(outcome).toMatchObject({ rejected: true, reason: 'bad-number', detail: 'value' });
  }
});

test('minutes that overflow when they become seconds are rejected', () => {
  const input = { date: '2026-04-09', duration_minutes: 1e307 };
  const outcome = convertSample('sleep_duration', 'ow_normalized', input, { subject, timeZone: 'UTC' });
  expect(outcome).toMatchObject({ rejected: true, reason: 'bad-number', detail: 'duration_minutes' });
});

test('a text that no database can hold is rejected, not passed on', () => {
  const input = {
    timestamp: '2026-04-09T08:30:00Z',
    value: 61,
    source: { provider: 'oura', device: 'ring\0' },
  };
  const outcome = convertSample('heart_rate', 'ow_normalized', input, { subject, timeZone: null });
  expect(outcome).toMatchObject({ rejected: true, reason: 'bad-text', detail: 'device' });
});

test('the key bedtime_start makes a sleep item, even when it is null', () => {
  const input = { bedtime_start: null, bpm: 72, timestamp: '2026-04-09T03:15:00Z' };
  const outcome = convertSample('heart_rate', 'oura_raw', input, { subject, timeZone: null });
  expect(outcome).toMatchObject({ rejected: true, reason: 'missing-field', detail: 'bedtime_start' });
});
