import { afterAll, beforeAll, expect, it } from 'vitest';
import { countObservations } from '../../src/db/observations.js';
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

async function pollOf(number: number, ...samples: readonly unknown[]) {
  const patient = await agreedPatient(reader, number);
  reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf(samples) });
  return { patient, counts: await reader.poll(patient.id) };
}

const source = (changes: Readonly<Record<string, unknown>>) => ({
  source: { provider: 'oura', source: 'oura', device: null, ...changes },
});

it('the same instant from two devices gives two observations', async () => {
  const { patient, counts } = await pollOf(
    1,
    shownSample(source({ device: 'Ring 3' })),
    shownSample(source({ device: 'Ring 4' })),
  );
  expect(counts).toMatchObject({ created: 2, unchanged: 0 });
  const rows = await reader.sql<{ device: string }[]>`
    select device from observations where patient_id = ${patient.id} order by device`;
  expect(rows.map(({ device }) => device)).toEqual(['Ring 3', 'Ring 4']);
});

it('one instant told in two time zones gives one observation', async () => {
  const at = hoursAgo(2);
  const inBerlin = new Date(at.getTime() + 7_200_000).toISOString().replace('.000Z', '+02:00');
  const { counts } = await pollOf(
    2,
    shownSample({ timestamp: at.toISOString() }),
    shownSample({ timestamp: inBerlin }),
  );
  expect(counts).toMatchObject({ seen: 2, created: 1, unchanged: 1 });
});

it('a source that only repeats its provider is the same as none, so that an upgrade upstream doubles nothing', async () => {
  await pollOf(3, shownSample(source({ source: null })));
  const { counts } = await pollOf(3, shownSample(source({ source: 'oura' })));
  expect(counts).toMatchObject({ created: 0, unchanged: 1 });
});

it('a sample without device, zone or a source word is normal', async () => {
  const { counts } = await pollOf(4, shownSample({ source: { provider: 'oura' }, zone_offset: null }));
  expect(counts).toMatchObject({ created: 1, rejected: 0 });
});

it('a provider that nobody has heard of is withheld, not an error', async () => {
  const { patient, counts } = await pollOf(
    5,
    shownSample(source({ provider: 'neural_lace' })),
    shownSample({ source: null }),
    shownSample(),
  );
  expect(counts).toMatchObject({ seen: 3, created: 1, rejected: 0, withheld: 2 });
  expect(await countObservations(reader.sql, patient.id, null)).toBe(1);
});

it('the same sample of two patients gives two identifiers', async () => {
  const [one, other] = [await pollOf(6, shownSample()), await pollOf(7, shownSample())];
  const rows = await reader.sql`
    select distinct identifier from observations where patient_id in (${one.patient.id}, ${other.patient.id})`;
  expect(rows).toHaveLength(2);
});
