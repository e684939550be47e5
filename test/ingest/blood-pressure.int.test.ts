import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectedPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';

const BLOOD_PRESSURE = 'omh:blood-pressure:4.0';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
  await reader.sql`
    insert into data_source_scopes (data_source_id, concept_id) values (70004, 50002) on conflict do nothing`;
});
afterAll(async () => {
  await reader.close();
});

let number = 0;
async function patientWithCuff() {
  number += 1;
  const patient = await connectedPatient(reader, number);
  await agreeTo(reader.sql, patient.id, [BLOOD_PRESSURE], 30);
  return patient;
}
const half = (type: 'systolic' | 'diastolic', timestamp: Date, value: number) => ({
  ...{ timestamp, type: `blood_pressure_${type}`, value },
});
const readings = (patientId: number) => reader.sql<{ status: string; details: unknown }[]>`
  select status, details from observations where patient_id = ${patientId} order by effective_start`;

it('is stored when both halves have come, however late the second one is', async () => {
  const patient = await patientWithCuff();
  const { control } = reader.sandbox;
  control.addSamples(patient.owUserId, [half('systolic', hoursAgo(3), 121)]);
  expect(await reader.poll(patient.id)).toMatchObject({ seen: 1, created: 0, held: 1, rejected: 0 });
  control.addSamples(patient.owUserId, [half('diastolic', hoursAgo(3), 79)]);
  expect(await reader.poll(patient.id)).toMatchObject({ seen: 1, created: 1, held: 0 });
  expect(await reader.poll(patient.id)).toMatchObject({ unchanged: 1 });
  expect(await readings(patient.id)).toMatchObject([
    {
      status: 'final',
      details: {
        systolic_blood_pressure: { value: 121, unit: 'mmHg' },
        diastolic_blood_pressure: { value: 79, unit: 'mmHg' },
      },
    },
  ]);
});

it('a corrected half corrects the reading', async () => {
  const patient = await patientWithCuff();
  const { control } = reader.sandbox;
  control.addSamples(patient.owUserId, [
    half('systolic', hoursAgo(3), 121),
    half('diastolic', hoursAgo(3), 79),
  ]);
  await reader.poll(patient.id);
  control.addSamples(patient.owUserId, [half('diastolic', hoursAgo(3), 83)]);
  expect(await reader.poll(patient.id)).toMatchObject({ created: 0, amended: 1 });
});

it('halves that a page separates find each other, also when the read breaks off between the pages', async () => {
  const patient = await patientWithCuff();
  const at = hoursAgo(3).toISOString();
  const shown = (type: string, value: number) =>
    shownSample({ type: `blood_pressure_${type}`, timestamp: at, value, unit: 'mmHg' });
  const { faults } = reader.sandbox.control;
  const first = { status: 200, body: pageOf([shown('diastolic', 79)], 'next') };
  const second = { status: 200, body: pageOf([shown('systolic', 121)]) };
  faults.failNext(TIMESERIES, first);
  faults.failNext(TIMESERIES, { status: 500, body: 'Internal Server Error' });
  const { again } = await reader.failingPoll(patient.id);
  expect(await readings(patient.id)).toEqual([]);
  faults.failNext(TIMESERIES, first);
  faults.failNext(TIMESERIES, second);
  expect(await again()).toMatchObject({ created: 1, held: 0 });
});
