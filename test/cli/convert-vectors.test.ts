import { expect, test } from 'vitest';
import { z } from 'zod';
import { renderDataPoint, type DataPoint } from '../../src/omh/data-point.js';
import type { SampleSource } from '../../src/omh/measurement.js';
import { pairBloodPressure } from '../../src/omh/pair-blood-pressure.js';
import { BEYOND } from '../omh/beyond.js';
import {
  matchesReason,
  readVectors,
  readVectorFiles,
  type PairingCase,
  type VectorCase,
  withPlaceholders,
} from '../../dev/golden-vectors.js';
import { converted, linesOf } from './converted.js';

/** Vectors that one process can answer: of one data type, source and time zone. */
interface Run {
  readonly title: string;
  readonly words: readonly string[];
  readonly cases: VectorCase[];
}

/** Whose samples they are when nobody says. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const rejection = z.object({
  rejected: z.strictObject({ class: z.string(), reason: z.string(), detail: z.string() }),
});

/** The rates within a night come many from one line; they have a test of their own. */
const isOneToOne = ({ name }: VectorCase) => !name.startsWith('sleep heart_rate.items');

const beyond = (['ow_normalized', 'oura_raw'] as const).flatMap((source) =>
  readVectors(`beyond.${source}.json`)
    .cases.filter(isOneToOne)
    .map((each) => ({ type: BEYOND[each.name] ?? '', source, each })),
);
const known = readVectorFiles().flatMap(({ type, source, cases }) =>
  cases.map((each) => ({ type, source, each })),
);

function runsOf(all: readonly { type: string; source: SampleSource; each: VectorCase }[]): readonly Run[] {
  const runs = new Map<string, Run>();
  for (const { type, source, each } of all) {
    const zone = each.options.tz === undefined ? [] : ['--time-zone', each.options.tz];
    const words = [type, '--source', source, ...zone];
    const title = words.join(' ');
    const run = runs.get(title) ?? { title, words, cases: [] };
    run.cases.push(each);
    runs.set(title, run);
  }
  return [...runs.values()];
}

function expectAnswer(line: string, { name, expected, error }: VectorCase): void {
  const answer: unknown = JSON.parse(line);
  if (error === undefined) {
    expect(JSON.stringify(withPlaceholders(answer as DataPoint)), name).toBe(JSON.stringify(expected));
    return;
  }
  const { rejected } = rejection.parse(answer);
  expect(rejected.class, name).toBe(error.class);
  expect(matchesReason(error.reason, rejected), `${name}: ${line}`).toBe(true);
}

test.concurrent.each(runsOf([...known, ...beyond]))(
  'convert $title gives each line its vector',
  { timeout: 60_000 },
  async ({ words, cases }) => {
    const { code, lines, errors } = await converted(linesOf(cases.map(({ input }) => input)), ...words);
    expect({ code, errors, count: lines.length }).toEqual({ code: 0, errors: '', count: cases.length });
    cases.forEach((each, index) => {
      expectAnswer(lines[index] ?? '', each);
    });
  },
);

test('convert blood_pressure pairs the halves of all vectors at once: readings, then rejections', async () => {
  const { cases } = readVectors<PairingCase>('blood_pressure.ow_normalized.json');
  const halves = cases.flatMap(({ input }) => input);
  const { readings, rejected } = pairBloodPressure(halves, { subject: NOBODY, timeZone: null });
  const { lines } = await converted(linesOf(halves), 'blood_pressure', '--source', 'ow_normalized');
  expect(readings.length).toBeGreaterThan(3);
  expect(lines).toEqual([
    ...readings.map(({ measurement }) => JSON.stringify(renderDataPoint(measurement))),
    ...rejected.map(({ outcome: { class: kind, reason, detail } }) =>
      JSON.stringify({ rejected: { class: kind, reason, detail } }),
    ),
  ]);
});

test('convert blood_pressure gives one reading its vector', async () => {
  const [vector] = readVectors<PairingCase>('blood_pressure.ow_normalized.json').cases;
  const { lines } = await converted(
    linesOf(vector?.input ?? []),
    'blood_pressure',
    '--source',
    'ow_normalized',
  );
  const points = lines.map((line) => withPlaceholders(JSON.parse(line) as DataPoint));
  expect(JSON.stringify(points)).toBe(JSON.stringify(vector?.expected));
});
