import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { storePage } from '../../src/db/pages.js';
import { ensureDemoPatients } from '../../src/db/seed/demo-patients.js';
import { attachDataSource } from '../../src/db/studies.js';
import { convertSample, isRejected } from '../../src/omh/convert.js';
import type { Measurement } from '../../src/omh/measurement.js';
import { decide, OURA } from '../helpers/connected-patient.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';

let database: TestDatabase;
let patientId = 0;
let patients = 0;
beforeAll(async () => {
  database = await seededDatabase();
  await attachDataSource(database.sql, STUDY.studyId, OURA.dataSourceId);
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  patients += 1;
  patientId = (await ensureDemoPatients(database.sql, { ...STUDY, count: patients })).at(-1)?.id ?? 0;
  await decide(database.sql, patientId, 'agreed', { at: hoursAgo(12) });
});

function measured(at: Date, changes: Partial<Measurement> = {}): Measurement {
  const sample = shownSample({ timestamp: at.toISOString() });
  const outcome = convertSample('heart_rate', 'ow_normalized', sample, { subject: 'p', timeZone: null });
  if (isRejected(outcome)) throw new Error('the sample of the test is bad');
  return { ...outcome, ...changes };
}

/** Of a page with this alone: how much of it is stored, and how much withheld. */
async function outcomeOf(measurement: Measurement) {
  const page = { patientId, measurements: [measurement], refusals: [], coverage: [] };
  const { created, withheld } = await storePage(database.sql, { ...page, identifierSystem: 'ow:normalized' });
  return { created, withheld };
}

const stored = { created: 1, withheld: 0 };
const withheld = { created: 0, withheld: 1 };
const { origin } = measured(hoursAgo(1));

it('what was agreed to is stored', async () => {
  expect(await outcomeOf(measured(hoursAgo(2)))).toEqual(stored);
});

it.each<[string, Measurement]>([
  ['another kind of data', measured(hoursAgo(2), { dataType: 'oxygen_saturation' })],
  ['another data type of the same code', measured(hoursAgo(2), { dataType: 'sleep_heart_rate' })],
  ['another wearable', measured(hoursAgo(2), { origin: { ...origin, provider: 'garmin' } })],
  ['what was measured long before', measured(hoursAgo(24 * 400))],
])('%s is withheld', async (_name, measurement) => {
  expect(await outcomeOf(measurement)).toEqual(withheld);
});

it('what was measured while an agreement was stopped is withheld, before and after it is stored', async () => {
  await decide(database.sql, patientId, 'stopped', { at: hoursAgo(6) });
  await decide(database.sql, patientId, 'agreed', { at: hoursAgo(4) });
  expect(await outcomeOf(measured(hoursAgo(7)))).toEqual(stored);
  expect(await outcomeOf(measured(hoursAgo(5)))).toEqual(withheld);
  expect(await outcomeOf(measured(hoursAgo(3)))).toEqual(stored);
});

it('what one patient agreed to lets nothing of another one be stored', async () => {
  patients += 1;
  patientId = (await ensureDemoPatients(database.sql, { ...STUDY, count: patients })).at(-1)?.id ?? 0;
  expect(await outcomeOf(measured(hoursAgo(2)))).toEqual(withheld);
});
