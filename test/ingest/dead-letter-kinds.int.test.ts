import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk, type Desk, type OldRefusal } from '../helpers/dead-letters.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';

const BLOOD_PRESSURE = 'omh:blood-pressure:4.0';
const SLEEP = 'ieee:sleep-episode:1.0';
const ACTIVITY = 'ieee:physical-activity:1.0';
const HEART_RATE = 'omh:heart-rate:2.0';

let reader: Reader;
let desk: Desk;
beforeAll(async () => {
  reader = await startReader();
  desk = openDesk(reader);
  await reader.sql`
    insert into data_source_scopes (data_source_id, concept_id) values (70004, 50002) on conflict do nothing`;
});
afterAll(async () => {
  await reader.close();
});

let number = 0;
async function patientWho(code: string): Promise<TestPatient> {
  number += 1;
  const patient = await connectedPatient(reader, number);
  await agreeTo(reader.sql, patient.id, [code], 30);
  return patient;
}
/** One clock for the whole file, so that a record that is shown again is the same. */
const NOW = hoursAgo(0).getTime();
const ago = (hours: number) => new Date(NOW - hours * 3_600_000);
const NONE = { created: 0, unchanged: 0, rejected: 0, withheld: 0, held: 0 };
const observations = async (patientId: number) => [
  ...(await reader.sql`
    select data_type as "dataType", identifier_system as system, effective_start as start, effective_end as end, details
    from observations where patient_id = ${patientId} order by effective_start`),
];

describe('halves of a blood pressure', () => {
  const half = (type: 'systolic' | 'diastolic', value: number): OldRefusal => ({
    ...{ dataType: 'blood_pressure', feed: `blood_pressure_${type}` },
    record: shownSample({ type: `blood_pressure_${type}`, timestamp: ago(3).toISOString(), value }),
  });

  it('find each other, whichever of them is retried', async () => {
    const patient = await patientWho(BLOOD_PRESSURE);
    const ids = await desk.refuse(patient.id, half('systolic', 121), half('diastolic', 79));
    expect(await desk.retry({ ids: ids.slice(0, 1) })).toEqual({ ...NONE, created: 2 });
    expect(await observations(patient.id)).toMatchObject([
      {
        details: { systolic_blood_pressure: { value: 121 }, diastolic_blood_pressure: { value: 79 } },
      },
    ]);
  });

  it('that came twice count as they were seen last', async () => {
    const patient = await patientWho(BLOOD_PRESSURE);
    const ids = await desk.refuse(
      patient.id,
      half('systolic', 121),
      half('diastolic', 79),
      half('systolic', 124),
    );
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 3 });
    expect(await observations(patient.id)).toMatchObject([
      { details: { systolic_blood_pressure: { value: 124 } } },
    ]);
  });

  it('wait for their partner, and end when their reading is stored', async () => {
    const patient = await patientWho(BLOOD_PRESSURE);
    const ids = await desk.refuse(patient.id, half('systolic', 121));
    expect(await desk.retry({ ids })).toEqual({ ...NONE, held: 1 });
    expect(await observations(patient.id)).toEqual([]);
    reader.sandbox.control.addSamples(
      patient.owUserId,
      (['systolic', 'diastolic'] as const).map((type, index) => ({
        ...{ type: `blood_pressure_${type}`, timestamp: ago(3), value: [120, 80][index] ?? 0 },
      })),
    );
    await reader.poll(patient.id);
    expect(await desk.retry({ ids })).toEqual({ ...NONE, unchanged: 1 });
    expect(await observations(patient.id)).toMatchObject([
      { details: { systolic_blood_pressure: { value: 120 } } },
    ]);
  });

  it('whose reading broke its schema are retried together', async () => {
    const patient = await patientWho(BLOOD_PRESSURE);
    const record = [half('systolic', 121).record, half('diastolic', 79).record];
    const ids = await desk.refuse(patient.id, {
      ...{ dataType: 'blood_pressure', feed: 'blood_pressure' },
      record,
    });
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 1 });
  });
});

describe('a night', () => {
  const night = (from: number, to: number): OldRefusal => ({
    ...{ dataType: 'sleep_episode', feed: 'events/sleep' },
    record: {
      ...{
        id: `night-${from}`,
        start_time: ago(from).toISOString(),
        end_time: ago(to).toISOString(),
      },
      source: { provider: 'oura', source: 'oura', device: null },
    },
  });

  it('is stored as a session', async () => {
    const patient = await patientWho(SLEEP);
    const ids = await desk.refuse(patient.id, night(12, 4));
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 1 });
    expect(await observations(patient.id)).toMatchObject([
      { dataType: 'sleep_episode', start: ago(12), end: ago(4) },
    ]);
    reader.sandbox.control.addSessions(patient.owUserId, 'sleeps', [{ start: ago(12), end: ago(4) }]);
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 1, created: 0 });
  });

  it('that is a part of one which is stored stays out, and open', async () => {
    const patient = await patientWho(SLEEP);
    reader.sandbox.control.addSessions(patient.owUserId, 'sleeps', [{ start: ago(14), end: ago(4) }]);
    await reader.poll(patient.id);
    const ids = await desk.refuse(patient.id, night(10, 4));
    expect(await desk.retry({ ids })).toEqual({ ...NONE, held: 1 });
    expect(await observations(patient.id)).toMatchObject([{ start: ago(14) }]);
  });
});

it('the total of a day is stored once the time zone of the patient is mended', async () => {
  const patient = await patientWho(ACTIVITY);
  const date = new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10);
  await reader.sql`update patients set time_zone = 'Nowhere/Land' where id = ${patient.id}`;
  const [id = 0] = await desk.refuse(patient.id, {
    ...{ dataType: 'physical_activity', feed: 'summaries/activity', reason: 'unknown-zone' },
    record: { date, steps: 8000, source: { provider: 'oura', device: null } },
  });
  expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, rejected: 1 });
  await reader.sql`update patients set time_zone = 'Europe/Berlin' where id = ${patient.id}`;
  expect(await desk.retry({ ids: [id] })).toEqual({ ...NONE, created: 1 });
  expect(await observations(patient.id)).toMatchObject([{ dataType: 'physical_activity' }]);
});

describe('raw payloads', () => {
  it('are converted as raw payloads', async () => {
    const patient = await patientWho(HEART_RATE);
    const record = { bpm: 61, source: 'awake', timestamp: ago(3).toISOString() };
    const ids = await desk.refuse(patient.id, { feed: 'heartrate', record });
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 1 });
    expect(await observations(patient.id)).toMatchObject([{ dataType: 'heart_rate', system: 'ow:raw' }]);
  });

  it('whose night holds many rates give each of them that is missing', async () => {
    const patient = await patientWho(HEART_RATE);
    await reader.sql`
      update study_scopes set extra_data_types = '{sleep_heart_rate}'
      where concept_id = (select id from codeable_concepts where code = ${HEART_RATE})`;
    const start = ago(9).toISOString();
    const night = (items: readonly unknown[]) => ({
      ...{ id: 'a night', type: 'long_sleep', day: start.slice(0, 10), bedtime_start: start },
      bedtime_end: ago(4).toISOString(),
      heart_rate: { interval: 300, items, timestamp: start },
    });
    const refusal = { dataType: 'sleep_heart_rate', feed: 'sleep' };
    const ids = await desk.refuse(patient.id, { ...refusal, record: night([60, null, 61]) });
    expect(await desk.retry({ ids })).toEqual({ ...NONE, created: 1 });
    expect(await observations(patient.id)).toHaveLength(2);
    const more = await desk.refuse(patient.id, { ...refusal, record: night([60, null, 61, 'sixty', 62]) });
    expect(await desk.retry({ ids: more })).toEqual({ ...NONE, rejected: 1 });
    expect(await observations(patient.id)).toHaveLength(3);
  });
});
