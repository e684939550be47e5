import { afterAll, beforeAll, expect, it } from 'vitest';
import { convertSamples } from '../../src/activities/page.js';
import { attemptStore } from '../../src/activities/store.js';
import { findPatient } from '../../src/db/patients.js';
import type { PageCounts } from '../../src/events.js';
import { dataTypes } from '../../src/omh/registry.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const OUTCOMES = ['created', 'amended', 'unchanged', 'rejected', 'withheld', 'held'] as const;
const beat = (hours: number, changes: Readonly<Record<string, unknown>> = {}) =>
  shownSample({ timestamp: hoursAgo(hours).toISOString(), ...changes });

/** Pages with everything that can become of a sample. */
const PAGES: readonly (readonly unknown[])[] = [
  [beat(3), beat(2), beat(1)],
  [beat(3), beat(2, { value: 71 }), beat(1), beat(1)],
  [beat(4, { value: 'sixty' }), beat(5), 'no sample', beat(6, { source: { provider: 'garmin' } })],
  [beat(7, { type: 'blood_pressure_systolic', value: 121 }), beat(7)],
  [],
];

it('the counters of a run of pages add up to what was seen, and to what the pages said', async () => {
  const { id } = await agreedPatient(reader);
  const patient = await findPatient(reader.sql, id);
  if (patient === undefined) throw new Error('the patient is missing');
  const { events, metrics } = openDesk(reader);
  const store = attemptStore({ pages: reader.sql, secretBox: reader.secretBox, events });
  const counted: PageCounts[] = [];
  for (const page of PAGES) {
    const { attempts, held } = convertSamples(page, patient, dataTypes);
    const context = { identifierSystem: 'ow:normalized' as const, coverage: [] };
    counted.push(await store(id, attempts, context, held.length));
  }

  const valueOf = async (name: string, outcome?: string) => {
    const metric = await metrics.getSingleMetric(`wearable_exchange_${name}_total`)?.get();
    return metric?.values.find(({ labels }) => labels['outcome'] === outcome)?.value;
  };
  const sum = (outcome: keyof PageCounts) => counted.reduce((total, page) => total + page[outcome], 0);
  const told: Record<string, number> = {};
  for (const outcome of OUTCOMES) {
    expect(sum(outcome), `${outcome} happened`).toBeGreaterThan(0);
    told[outcome] = (await valueOf('observations', outcome)) ?? NaN;
    expect(told[outcome], outcome).toBe(sum(outcome));
  }
  const seen = await valueOf('samples_seen');
  expect(seen).toBe(sum('seen'));
  expect(seen).toBe(PAGES.flat().length);
  expect(Object.values(told).reduce((total, count) => total + count, 0)).toBe(seen);
});
