import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { coverageOfDays } from '../../src/db/coverage.js';
import { agreedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, shownSample, pageOf, TIMESERIES } from '../helpers/samples.js';
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

const midnight = (daysAgo: number) => new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - daysAgo * DAY_MS);
const date = (daysAgo: number) => midnight(daysAgo).toISOString().slice(0, 10);
const measure = (from: Date, count: number) => {
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(from, count));
};
const show = (at: Date, value: number) => {
  reader.sandbox.control.addSamples(patient.owUserId, [{ timestamp: at, type: 'heart_rate', value }]);
};
const forget = (at: Date) =>
  reader.sandbox.control.removeSamples(
    patient.owUserId,
    ({ timestamp }) => Date.parse(timestamp) === at.getTime(),
  );
/** A complete read of the last days up to now. */
const readBack = (days: number) =>
  reader.readHistory({
    ...{ patientId: patient.id, dataTypes: null },
    ...{ from: midnight(days).toISOString(), to: new Date().toISOString() },
  });
const statusAt = async (at: Date) => {
  const [row] = await reader.sql<{ status: string }[]>`
    select status from observations where patient_id = ${patient.id} and effective_start = ${at}`;
  return row?.status;
};

describe('the coverage of a closed day', () => {
  const days = async () => {
    const coverage = await coverageOfDays(reader.sql, patient.id, date(3), date(0));
    return coverage.map(({ day, shown, expected, stored, rejected }) => [
      day,
      shown,
      expected,
      stored,
      rejected,
    ]);
  };

  it('is what Open Wearables showed and what is stored of it; today has none yet', async () => {
    measure(midnight(2), 12);
    measure(midnight(0), 1);
    await readBack(3);
    expect(await days()).toEqual([
      [date(3), 0, 0, 0, 0],
      [date(2), 12, 12, 12, 0],
      [date(1), 0, 0, 0, 0],
    ]);
  });

  it('tells what was rejected', async () => {
    const at = (minute: number) => new Date(midnight(2).getTime() + minute * 60_000).toISOString();
    const shown = [shownSample({ timestamp: at(1) }), shownSample({ timestamp: at(2), value: 'much' })];
    reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf(shown) });
    await readBack(3);
    expect((await days())[1]).toEqual([date(2), 2, 2, 1, 1]);
  });

  it('counts days as the patient lives them', async () => {
    await reader.sql`update patients set time_zone = 'Asia/Tokyo' where id = ${patient.id}`;
    // Eight in the evening UTC is the next morning in Tokyo.
    measure(new Date(midnight(3).getTime() + 20 * 3_600_000), 1);
    await readBack(4);
    const coverage = await coverageOfDays(reader.sql, patient.id, date(3), date(2));
    expect(coverage.map(({ day, stored }) => [day, stored])).toEqual([
      [date(3), 0],
      [date(2), 1],
    ]);
  });
});

describe('a sample that vanished upstream', () => {
  const gone = new Date(midnight(2).getTime() + 300_000);
  beforeEach(async () => {
    measure(midnight(2), 3);
    await readBack(3);
    forget(gone);
  });

  it('is an error after two complete reads, and stays', async () => {
    expect(await readBack(3)).toMatchObject({ seen: 2, retired: 0 });
    expect(await statusAt(gone)).toBe('final');
    expect(await readBack(3)).toMatchObject({ seen: 2, retired: 1 });
    expect(await statusAt(gone)).toBe('entered-in-error');
    expect(await readBack(3)).toMatchObject({ retired: 0 });
    const [day] = await coverageOfDays(reader.sql, patient.id, date(2), date(2));
    expect(day).toMatchObject({ expected: 2, stored: 2 });
  });

  it('was none when a read shows it again in between', async () => {
    await readBack(3);
    show(gone, 51);
    await readBack(3);
    forget(gone);
    await readBack(3);
    expect(await statusAt(gone)).toBe('final');
  });

  it('comes back when it is shown again, also through a poll that knows the page', async () => {
    await readBack(3);
    await readBack(3);
    measure(gone, 1);
    await readBack(3);
    expect(await statusAt(gone)).toBe('amended');
  });

  it('is left alone by polls, which do not read whole days', async () => {
    for (const _ of [1, 2, 3]) await reader.poll(patient.id);
    expect(await statusAt(gone)).toBe('final');
  });
});

describe('data that Open Wearables no longer shows', () => {
  it('is kept when nothing older is shown: it may only be too old to be kept there', async () => {
    measure(midnight(3), 3);
    measure(midnight(1), 3);
    await readBack(4);
    reader.sandbox.control.removeSamples(patient.owUserId, ({ timestamp }) => timestamp < date(1));
    for (const _ of [1, 2, 3]) await readBack(4);
    expect(await statusAt(midnight(3))).toBe('final');
  });

  it('is an error when something older is shown, even from before what is read', async () => {
    measure(midnight(20), 1);
    measure(midnight(3), 1);
    await readBack(25);
    forget(midnight(3));
    for (const _ of [1, 2]) await readBack(4);
    expect(await statusAt(midnight(3))).toBe('entered-in-error');
  });

  it('is kept when the whole account is gone: the read fails by name', async () => {
    measure(midnight(2), 3);
    await readBack(3);
    reader.sandbox.control.deleteUser(patient.owUserId);
    await expect(readBack(3)).rejects.toMatchObject({ name: 'AccountLost' });
    expect(await statusAt(midnight(2))).toBe('final');
  });
});

describe('a page that is known', () => {
  const requests = () => reader.sandbox.control.requests.length;

  it('is not converted again, and still moves the cursors', async () => {
    measure(new Date(Date.now() - 3_600_000 * 5), 40);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 40 });
    const [first] =
      await reader.sql`select updated_at, covered_to from cursors where patient_id = ${patient.id}`;
    await reader.sql`update observations set value = -1 where patient_id = ${patient.id}`;
    const before = requests();
    expect(await reader.poll(patient.id)).toMatchObject({ seen: 40, unchanged: 40, amended: 0 });
    expect(requests()).toBeGreaterThan(before);
    const [second] =
      await reader.sql`select updated_at, covered_to from cursors where patient_id = ${patient.id}`;
    expect(second?.['covered_to'] > first?.['covered_to']).toBe(true);
  });

  it('is converted again when anything on it changed', async () => {
    measure(new Date(Date.now() - 3_600_000 * 5), 40);
    await reader.poll(patient.id);
    reader.sandbox.control.addSamples(patient.owUserId, [
      {
        ...heartRates(new Date(Date.now() - 3_600_000 * 5), 1)[0],
        timestamp: new Date(),
        type: 'heart_rate',
        value: 99,
      },
    ]);
    expect(await reader.poll(patient.id)).toMatchObject({ created: 1, unchanged: 40 });
  });

  it('is never one that something of was rejected or withheld', async () => {
    const bad = [shownSample(), shownSample({ value: 'much' })];
    for (const seen of [1, 2]) {
      reader.sandbox.control.faults.failNext(TIMESERIES, { status: 200, body: pageOf(bad) });
      expect(await reader.poll(patient.id), String(seen)).toMatchObject({ rejected: 1 });
    }
  });
});

describe('kinds of records that feed one data type', () => {
  it('are compared each with its own: a read of workouts does not miss the totals of the days', async () => {
    await agreeTo(reader.sql, patient.id, ['ieee:physical-activity:1.0'], 30);
    const { control } = reader.sandbox;
    control.addSamples(patient.owUserId, [
      { timestamp: midnight(2), type: 'steps', value: 8000, is_daily_total: true },
    ]);
    const start = new Date(midnight(2).getTime() + 36_000_000);
    control.addSessions(patient.owUserId, 'workouts', [
      { start, end: new Date(start.getTime() + 1_800_000) },
    ]);
    for (const _ of [1, 2, 3]) expect(await readBack(5)).toMatchObject({ retired: 0 });
    const coverage = await coverageOfDays(reader.sql, patient.id, date(2), date(2));
    expect(coverage.map(({ kind, expected, stored }) => [kind, expected, stored])).toEqual([
      ['sample', 0, 0],
      ['summary', 1, 1],
      ['workout', 1, 1],
    ]);
  });
});
