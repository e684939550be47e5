import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../dev/open-wearables/request-log.js';
import { coverageOfDays } from '../../src/db/coverage.js';
import { agreedPatient, DAY_MS, decide, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { breakingOff, isCount, reconcilePatient, requestsThat } from '../helpers/reconciler.js';
import { heartRates, TIMESERIES } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';

let reader: Reader;
let patient: TestPatient;
let number = 0;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});
beforeEach(async () => {
  number += 1;
  patient = await agreedPatient(reader, number, 30);
  await reader.sql`update patients set time_zone = 'UTC' where id = ${patient.id}`;
});

const request = (days: number, isDeep: boolean) => ({ patientId: patient.id, days, isDeep });
const reconcile = (days: number, isDeep: boolean, progress?: unknown) =>
  reconcilePatient(reader, request(days, isDeep), progress);
const onANight = () => reconcile(90, false);
const onASunday = () => reconcile(90, true);

const midnight = (daysAgo: number) => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - daysAgo * DAY_MS);
const date = (daysAgo: number) => midnight(daysAgo).toISOString().slice(0, 10);
const measure = (daysAgo: number, count: number) => {
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(midnight(daysAgo), count));
};
const correct = (timestamp: Date) => {
  reader.sandbox.control.addSamples(patient.owUserId, [{ timestamp, type: 'heart_rate', value: 99 }]);
};
const forget = (at: Date) =>
  reader.sandbox.control.removeSamples(
    patient.owUserId,
    ({ timestamp }) => Date.parse(timestamp) === at.getTime(),
  );
const statusAt = async (at: Date) => {
  const [row] = await reader.sql<{ status: string }[]>`
    select status from observations where patient_id = ${patient.id} and effective_start = ${at}`;
  return row?.status;
};

const isOldPage = (request: LoggedRequest) =>
  Number(request.query['limit']?.[0]) > 1 && String(request.query['start_time']) < midnight(8).toISOString();

/** Requests for samples since the last look: counts, and pages of days that are not read every night. */
function requests() {
  const { requests: log } = reader.sandbox.control;
  const asked = log.filter(({ path }) => TIMESERIES.path.test(path));
  const found = { counts: asked.filter(isCount).length, oldPages: asked.filter(isOldPage).length };
  log.clear();
  return found;
}

describe('every night', () => {
  beforeEach(async () => {
    for (const daysAgo of [80, 60, 40, 20, 5, 1]) measure(daysAgo, 10);
    await onASunday();
    requests();
  });

  it('data of five days ago that came late is found', async () => {
    reader.sandbox.control.addSamples(patient.owUserId, heartRates(new Date(midnight(5).getTime() + 1), 3));
    expect(await onANight()).toEqual({
      ...{ daysCompared: 90, daysDiffered: 1 },
      ...{ created: 3, amended: 0, retired: 0 },
    });
  });

  it('a correction of five days ago is found', async () => {
    correct(midnight(5));
    expect(await onANight()).toMatchObject({ daysDiffered: 1, created: 0, amended: 1 });
  });

  it('equal counts cost one count and no page', async () => {
    expect(await onANight()).toMatchObject({ daysCompared: 90, daysDiffered: 0, created: 0 });
    expect(requests()).toEqual({ counts: 1, oldPages: 0 });
  });

  it('late data of fifty days ago changes a count, and only its week is read', async () => {
    measure(50, 10);
    expect(await onANight()).toMatchObject({ daysDiffered: 1, created: 10 });
    const { counts, oldPages } = requests();
    expect(counts).toBe(5);
    expect(oldPages).toBe(1);
    expect(await onANight()).toMatchObject({ daysDiffered: 0 });
    expect(requests()).toEqual({ counts: 1, oldPages: 0 });
  });

  it('a deletion forty days ago is found by its count, and is an error after the second night', async () => {
    const gone = midnight(40);
    forget(gone);
    expect(await onANight()).toMatchObject({ daysDiffered: 1, retired: 0 });
    expect(await statusAt(gone)).toBe('final');
    expect(await onANight()).toMatchObject({ daysDiffered: 1, retired: 1 });
    expect(await statusAt(gone)).toBe('entered-in-error');
    requests();
    expect(await onANight()).toMatchObject({ daysDiffered: 0, retired: 0 });
    expect(requests()).toEqual({ counts: 1, oldPages: 0 });
  });

  it('a correction of sixty days ago changes no count: Sunday finds it', async () => {
    const at = midnight(60);
    correct(at);
    expect(await onANight()).toMatchObject({ daysDiffered: 0, amended: 0 });
    expect(await onASunday()).toMatchObject({ daysDiffered: 1, amended: 1 });
    expect(await statusAt(at)).toBe('amended');
  });

  it('a day without coverage is read', async () => {
    await reader.sql`delete from coverage where patient_id = ${patient.id} and day = ${date(40)}`;
    await reader.sql`
      delete from observations where patient_id = ${patient.id} and effective_start = ${midnight(40)}`;
    expect(await onANight()).toMatchObject({ daysDiffered: 1, created: 1 });
    expect(requests()).toEqual({ counts: 2, oldPages: 1 });
    const [day] = await coverageOfDays(reader.sql, patient.id, date(40), date(40));
    expect(day).toMatchObject({ shown: 10, stored: 10 });
  });

  it('counts that Open Wearables does not give are made good by reading', async () => {
    measure(50, 10);
    const answer = { data: [], pagination: { next_cursor: null, has_more: false, total_count: null } };
    reader.sandbox.control.faults.failNext(
      { path: requestsThat(reader.sandbox, isCount) },
      { status: 200, body: JSON.stringify(answer) },
    );
    expect(await onANight()).toMatchObject({ daysCompared: 90, daysDiffered: 1, created: 10 });
    expect(requests()).toEqual({ counts: 1, oldPages: 12 });
  });

  it('a deletion is not missed twice by one run whose attempts read it again', async () => {
    forget(midnight(60));
    measure(30, 2);
    const later = (each: LoggedRequest) =>
      isOldPage(each) && String(each.query['start_time']) > midnight(50).toISOString();
    const progress = await breakingOff(reader, request(90, false), later);
    expect(await reconcile(90, false, progress)).toMatchObject({ daysDiffered: 2, created: 2, retired: 0 });
    expect(await statusAt(midnight(60))).toBe('final');
  });
});

describe('an attempt that breaks off', () => {
  it('is gone on with: what was read to its end is left out, the rest is read and covered', async () => {
    for (const daysAgo of [27, 20, 13, 6]) measure(daysAgo, 250);
    let pages = 0;
    const eighth = ({ path }: LoggedRequest) => TIMESERIES.path.test(path) && (pages += 1) === 8;
    const progress = await breakingOff(reader, request(28, true), eighth);
    requests();
    expect(await reconcile(28, true, progress)).toEqual({
      ...{ daysCompared: 28, daysDiffered: 4 },
      ...{ created: 1000, amended: 0, retired: 0 },
    });
    expect(reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path))).toHaveLength(6);
    const coverage = await coverageOfDays(reader.sql, patient.id, date(28), date(1));
    expect(coverage).toHaveLength(28);
    expect(coverage.filter(({ shown, stored }) => shown === 250 && stored === 250)).toHaveLength(4);
  });
});

describe('what is compared', () => {
  it('begins with the consent, and is nothing when none stands', async () => {
    await reader.sql`update studies set history_days = 0`;
    expect(await onANight()).toMatchObject({ daysCompared: 29 });
    await decide(reader.sql, patient.id, 'stopped');
    requests();
    expect(await onANight()).toMatchObject({ daysCompared: 0 });
    expect(requests()).toEqual({ counts: 0, oldPages: 0 });
    await reader.sql`update studies set history_days = 90`;
  });

  it('is nothing at an account that Open Wearables has lost: the run fails by name', async () => {
    measure(40, 3);
    await onASunday();
    reader.sandbox.control.deleteUser(patient.owUserId);
    await expect(onANight()).rejects.toMatchObject({ name: 'AccountLost' });
    expect(await statusAt(midnight(40))).toBe('final');
  });

  it('is the same twice at once, and doubles nothing', async () => {
    for (const daysAgo of [40, 5]) measure(daysAgo, 100);
    const found = await Promise.all([onANight(), onANight()]);
    expect(found.reduce((sum, { created }) => sum + created, 0)).toBe(200);
    expect(await onANight()).toMatchObject({ daysDiffered: 0, created: 0, retired: 0 });
  });

  it('has half blood pressures, which are counted and not read every night', async () => {
    await reader.sql`
      insert into data_source_scopes (data_source_id, concept_id) values (70004, 50002) on conflict do nothing`;
    await agreeTo(reader.sql, patient.id, ['omh:blood-pressure:4.0'], 30);
    const half = { timestamp: midnight(40), type: 'blood_pressure_systolic', value: 121 };
    reader.sandbox.control.addSamples(patient.owUserId, [half]);
    await onANight();
    requests();
    expect(await onANight()).toMatchObject({ daysDiffered: 0 });
    expect(requests()).toEqual({ counts: 2, oldPages: 0 });
    const other = { timestamp: midnight(40), type: 'blood_pressure_diastolic', value: 79 };
    reader.sandbox.control.addSamples(patient.owUserId, [other]);
    expect(await onANight()).toMatchObject({ daysDiffered: 1, created: 1 });
    const days = await coverageOfDays(reader.sql, patient.id, date(40), date(40));
    expect(days[0]).toMatchObject({ dataType: 'blood_pressure', shown: 2, expected: 1, stored: 1 });
  });
});
