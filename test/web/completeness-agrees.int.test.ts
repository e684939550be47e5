import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { requestedScopes } from '../../src/db/consents.js';
import { coverageOfDays } from '../../src/db/coverage.js';
import { calendarOf } from '../../src/web/admin/patient-calendar.js';
import { agreedPatient, DAY_MS, decide, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';

let reader: Reader;
let patient: TestPatient;
beforeAll(async () => {
  reader = await startReader();
  patient = await agreedPatient(reader, 1, 5);
  await reader.sql`update patients set time_zone = 'UTC' where id = ${patient.id}`;
  await reader.sql`update connections set connected_at = ${midnight(3)} where patient_id = ${patient.id}`;
  // The study reads no further back than five days before the agreement.
  await reader.sql`update studies set history_days = 5 where id = ${STUDY.studyId}`;
});
afterAll(async () => {
  await reader.close();
});

const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const midnight = (daysAgo: number) => new Date(today - daysAgo * DAY_MS);
const date = (daysAgo: number) => midnight(daysAgo).toISOString().slice(0, 10);
const measure = (from: Date, count: number) => {
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(from, count));
};
/** A complete read of whole days, the first and the last of them so many days ago. */
const readDays = (first: number, last: number) =>
  reader.readHistory({
    ...{ patientId: patient.id, dataTypes: null },
    ...{ from: midnight(first).toISOString(), to: midnight(last - 1).toISOString() },
  });
const heartRate = async () => {
  const scopes = await requestedScopes(reader.sql, patient.id);
  const { rows } = await calendarOf(reader.sql, patient.id, [STUDY.organizationId], scopes, 14);
  return rows.find(({ dataType }) => dataType === 'heart_rate')?.cells ?? [];
};
const stateOf = async (daysAgo: number) =>
  (await heartRate()).find(({ date: day }) => day === date(daysAgo))?.state;

it('gaps, late data and rejects are on the calendar as the coverage has them, and as Open Wearables shows them', async () => {
  measure(midnight(9), 288);
  measure(midnight(8), 100);
  await readDays(10, 6);
  // Late: it shows up at Open Wearables days after its day was over, and long after the first look.
  measure(new Date(midnight(8).getTime() + 12 * 3_600_000), 20);
  await reader.sql`update coverage set checked_at = checked_at - interval '2 hours'`;
  await readDays(10, 6);
  // Rejected: one of the two that are shown cannot be read.
  const at = (minute: number) => new Date(midnight(5).getTime() + minute * 60_000).toISOString();
  const shown = [shownSample({ timestamp: at(1) }), shownSample({ timestamp: at(2), value: 'much' })];
  reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf(shown) });
  await readDays(5, 5);

  const cells = await heartRate();
  expect(cells.map(({ date: day, state }) => [day, state])).toEqual([
    ...[13, 12, 11].map((daysAgo) => [date(daysAgo), 'no consent']),
    // Only a part of it is agreed to, so it is not read as a whole day.
    [date(10), 'not connected'],
    [date(9), 'complete'],
    [date(8), 'late'],
    [date(7), 'nothing came'],
    [date(6), 'nothing came'],
    [date(5), 'rejected'],
    [date(4), 'not connected'],
    ...[3, 2, 1].map((daysAgo) => [date(daysAgo), 'could not read']),
    [date(0), 'unfinished'],
  ]);

  const coverage = await coverageOfDays(reader.sql, patient.id, date(10), date(5));
  for (const { day, expected, stored, rejected } of coverage.filter(
    (each) => each.dataType === 'heart_rate',
  )) {
    const cell = cells.find(({ date: own }) => own === day);
    expect(cell?.figures, day).toMatchObject({ expected, stored, rejected });
  }
  for (const daysAgo of [9, 8, 7, 6]) {
    const shownOfDay = await (
      await reader.openWearables()
    ).count({
      ...{ owUserId: patient.owUserId, feeds: ['heart_rate'] },
      ...{ from: midnight(daysAgo).toISOString(), to: midnight(daysAgo - 1).toISOString() },
    });
    const cell = cells.find(({ date: own }) => own === date(daysAgo));
    expect(cell?.figures?.expected, date(daysAgo)).toBe(shownOfDay);
    expect(cell?.figures?.stored, date(daysAgo)).toBe(shownOfDay);
  }
  expect(cells.find(({ date: own }) => own === date(8))?.figures?.late).toBe(20);
  expect(cells.find(({ date: own }) => own === date(5))?.figures).toMatchObject({
    expected: 2,
    stored: 1,
    rejected: 1,
  });
});

it('what is only seen in pieces right after a connect is not late', async () => {
  measure(midnight(3), 10);
  await readDays(4, 2);
  measure(new Date(midnight(3).getTime() + 12 * 3_600_000), 10);
  await readDays(4, 2);
  expect(await stateOf(3)).toBe('complete');
});

it('what is lost in the store is partial until it is read again; after a stop the days are without consent', async () => {
  await reader.sql`
    delete from observations where patient_id = ${patient.id} and effective_start = ${midnight(3)}`;
  await reader.sql`update coverage set stored = stored - 1 where patient_id = ${patient.id} and day = ${date(3)}`;
  expect(await stateOf(3)).toBe('partial');
  await reader.sql`delete from page_fingerprints where patient_id = ${patient.id}`;
  await readDays(4, 2);
  expect(await stateOf(3)).toBe('complete');
  await decide(reader.sql, patient.id, 'stopped', { at: midnight(2) });
  expect(await stateOf(1)).toBe('no consent');
  expect(await stateOf(9)).toBe('complete');
});
