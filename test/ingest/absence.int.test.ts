import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectedPatient, DAY_MS, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { agreeTo } from '../helpers/scopes.js';
import { localMidnight } from './model/local-days.js';

/** Smallest cases of what the model (model.int.test.ts) has found. */

let reader: Reader;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const SLEEP = 'ieee:sleep-episode:1.0';
const ACTIVITY = 'ieee:physical-activity:1.0';
const ZONE = 'Europe/Berlin';

async function patientWho(...codes: string[]): Promise<TestPatient> {
  patients += 1;
  const patient = await connectedPatient(reader, patients);
  await agreeTo(reader.sql, patient.id, codes, 30);
  return patient;
}
const noon = (daysAgo: number) => new Date((Math.floor(Date.now() / DAY_MS) - daysAgo + 0.5) * DAY_MS);
const readBack = ({ id }: TestPatient, from: Date, to = new Date()) =>
  reader.readHistory({ patientId: id, dataTypes: null, from: from.toISOString(), to: to.toISOString() });
const statuses = async ({ id }: TestPatient) => {
  const rows = await reader.sql<{ status: string }[]>`
    select status from observations where patient_id = ${id} order by effective_start`;
  return rows.map(({ status }) => status);
};

describe('one complete read', () => {
  it('takes nothing for an error, also when some of it is proven only by what is older than the window', async () => {
    const patient = await patientWho('omh:heart-rate:2.0');
    const { control } = reader.sandbox;
    const [older, first, shown, last] = [noon(40), noon(5), noon(4), noon(3)];
    for (const at of [older, first, shown, last]) control.addSamples(patient.owUserId, heartRates(at, 1));
    await readBack(patient, noon(6));
    const gone = [first, last].map((at) => at.getTime());
    control.removeSamples(patient.owUserId, ({ timestamp }) => gone.includes(Date.parse(timestamp)));

    expect(await readBack(patient, noon(6))).toMatchObject({ retired: 0 });
    expect(await statuses(patient)).toEqual(['final', 'final', 'final']);
    expect(await readBack(patient, noon(6))).toMatchObject({ retired: 2 });
    expect(await statuses(patient)).toEqual(['entered-in-error', 'final', 'entered-in-error']);
  });
});

describe('two complete reads', () => {
  it('take a vanished night for an error that lay across the place where two windows meet', async () => {
    const patient = await patientWho(SLEEP);
    const { control } = reader.sandbox;
    const from = noon(10);
    const meeting = from.getTime() + 7 * DAY_MS;
    const night = { start: new Date(meeting - 3_600_000), end: new Date(meeting + 3_600_000) };
    const older = { start: noon(12), end: new Date(noon(12).getTime() + 3_600_000) };
    control.addSessions(patient.owUserId, 'sleeps', [older, night]);
    await readBack(patient, from);
    control.removeSessions(patient.owUserId, 'sleeps', (start) => start > older.start);
    for (const _ of [1, 2]) await readBack(patient, from);
    expect((await statuses(patient)).at(-1)).toBe('entered-in-error');
  });

  it('take the vanished total of a day for an error in which a window begins, and of one that ends with it', async () => {
    const patient = await patientWho(ACTIVITY);
    const { control } = reader.sandbox;
    const dates = [12, 5, 4, 3].map((daysAgo) => noon(daysAgo).toISOString().slice(0, 10));
    const total = (date: string) => ({ timestamp: `${date}T04:00:00Z`, type: 'steps', value: 900 });
    control.addSamples(
      patient.owUserId,
      dates.map((date) => ({ ...total(date), is_daily_total: true })),
    );
    const [from, to] = [noon(5), new Date(localMidnight(noon(3).toISOString().slice(0, 10), ZONE))];
    await readBack(patient, noon(6));
    control.removeSamples(patient.owUserId, ({ timestamp }) => timestamp > noon(10).toISOString());
    for (const _ of [1, 2]) await readBack(patient, from, to);
    // The last day lies behind the end of what was read.
    expect(await statuses(patient)).toEqual(['entered-in-error', 'entered-in-error', 'final']);
  });
});

describe('a value that changed there and back', () => {
  it('between two polls, with a complete read in between, is the one that is shown', async () => {
    const patient = await patientWho('omh:heart-rate:2.0');
    const at = hoursAgo(5);
    const show = (value: number) => {
      reader.sandbox.control.addSamples(patient.owUserId, [{ timestamp: at, type: 'heart_rate', value }]);
    };
    show(60);
    await reader.poll(patient.id);
    show(70);
    await readBack(patient, noon(2));
    show(60);
    await reader.poll(patient.id);
    const [row] = await reader.sql`select value from observations where patient_id = ${patient.id}`;
    expect(row?.['value']).toBe(60);
  });
});
