import { afterAll, beforeAll, expect, it } from 'vitest';
import { countObservations } from '../../src/db/observations.js';
import { cursorsOf } from '../helpers/cursors.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

/** Everything a broken upstream sends in place of a heart rate. */
const BAD: readonly unknown[] = [
  null,
  'sixty',
  [60],
  {},
  shownSample({ value: 'NaN', timestamp: hoursAgo(2).toISOString() }),
  shownSample({ value: '60' }),
  shownSample({ value: null }),
  shownSample({ value: true }),
  shownSample({ timestamp: '2026-04-09T08:30:00' }),
  shownSample({ timestamp: 'yesterday' }),
  shownSample({ timestamp: '9 April 2026 08:30 (Berlin)' }),
  shownSample({ timestamp: '9999-12-31T23:59:59' }),
  shownSample({ timestamp: 1_775_700_000 }),
  shownSample({ type: 'unheard_of' }),
  shownSample({ type: 'heart\0rate' }),
  shownSample({ type: 'heart\ud800rate' }),
  shownSample({ type: 7 }),
  shownSample({ source: { provider: 'oura', device: 'ring\0' } }),
  shownSample({ source: { provider: 'oura', device: 'ring\ud800' } }),
];

const good = [0, 1, 2].map((index) => shownSample({ timestamp: hoursAgo(3 - index).toISOString() }));

const letters = (patientId: number) => reader.sql<
  { reason: string; detail: string; series: string; original: Buffer; seenCount: number }[]
>`select reason, detail, series, original, seen_count as "seenCount" from dead_letters
  where patient_id = ${patientId} order by id`;

function nextPage(samples: readonly unknown[]): void {
  // A number beyond what JSON can say travels as text and is put in as it stands.
  const body = pageOf(samples).replace('"NaN"', '1e999');
  reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body });
}

it('samples that cannot be converted are kept as dead letters and move no others', async () => {
  const patient = await agreedPatient(reader, 1);
  nextPage([...BAD.slice(0, 9), ...good, ...BAD.slice(9)]);
  expect(await reader.poll(patient.id)).toEqual({
    ...{ seen: BAD.length + 3, created: 3, amended: 0, unchanged: 0 },
    ...{ rejected: BAD.length, withheld: 0, held: 0, retired: 0 },
  });
  expect(await letters(patient.id)).toHaveLength(BAD.length);
  expect(await countObservations(reader.sql, patient.id, null)).toBe(3);
});

it.each(BAD.map((sample) => ({ sample })))(
  'one bad sample alone poisons no page: $sample',
  async ({ sample }) => {
    const patient = await agreedPatient(reader, 2);
    nextPage([sample, ...good]);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 4, rejected: 1 });
  },
);

it('a bad time moves no cursor', async () => {
  const patient = await agreedPatient(reader, 3);
  nextPage([
    shownSample({ timestamp: '9999-12-31T23:59:59' }),
    shownSample({ timestamp: '2999-01-01T00:00:00Z', value: null }),
    ...good,
  ]);
  await reader.poll(patient.id);
  const cursor = (await cursorsOf(reader.sql, patient.id)).find(({ series }) => series === 'heart_rate');
  expect(cursor?.position).toEqual(hoursAgo(1));
});

it('a dead letter is kept once, counted each time it is read, and its original is encrypted', async () => {
  const patient = await agreedPatient(reader, 4);
  const bad = shownSample({ value: '61.25 planted' });
  for (const _ of [1, 2, 3]) {
    nextPage([bad]);
    await reader.poll(patient.id);
  }
  const [letter, ...others] = await letters(patient.id);
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ reason: 'bad-number', detail: 'value', series: 'heart_rate', seenCount: 3 });
  const original = letter?.original ?? Buffer.alloc(0);
  expect(original.includes('61.25')).toBe(false);
  expect(JSON.parse(reader.secretBox.open(`dead-letter/${patient.id}`, original))).toEqual(bad);
  expect(reader.logLines.join('')).not.toContain('61.25');
});

it('the counts of every page add up, doubled samples included', async () => {
  const patient = await agreedPatient(reader, 5);
  nextPage([...good, ...good, BAD[5], BAD[5], shownSample({ source: { provider: 'garmin' } })]);
  expect(await reader.poll(patient.id)).toEqual({
    ...{ seen: 9, created: 3, amended: 0, unchanged: 4, rejected: 1, withheld: 1 },
    ...{ held: 0, retired: 0 },
  });
});
