import { afterAll, beforeAll, expect, it } from 'vitest';
import { countObservations } from '../../src/db/observations.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { cursorsOf } from '../helpers/cursors.js';
import { agreedPatient, DAY_MS } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';

let reader: Reader;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

it('the 288 samples of a day come in as 288, and a second poll of the same window stores nothing', async () => {
  const patient = await agreedPatient(reader, 1);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(24 - 1 / 12), 287));
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(0), 1));

  expect(await reader.poll(patient.id)).toEqual({ ...NO_COUNTS, seen: 288, created: 288 });
  const second = await reader.poll(patient.id);
  expect(second).toEqual({ ...NO_COUNTS, seen: 288, unchanged: 288 });
  expect(await countObservations(reader.sql, patient.id, null)).toBe(288);
});

it('an outage of three days is covered by the next poll, since it starts at the cursor and not at the clock', async () => {
  const patient = await agreedPatient(reader, 2, 30);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(73), 1));
  // The last poll before the outage saw this sample.
  await reader.sql`
    insert into cursors (patient_id, series, covered_from, covered_to, position)
    values (${patient.id}, 'heart_rate', ${hoursAgo(96)}, ${hoursAgo(72)}, ${hoursAgo(73)})`;
  const duringTheOutage = heartRates(hoursAgo(72.5), 12 * 72);
  reader.sandbox.control.addSamples(patient.owUserId, duringTheOutage);

  expect(await reader.poll(patient.id)).toMatchObject({ created: 12 * 72 + 1 });
  const [cursor] = await cursorsOf(reader.sql, patient.id);
  expect(cursor?.position).toEqual(duringTheOutage.at(-1)?.timestamp);
});

it('samples that appear late, within the lookback, are stored by the next poll', async () => {
  const patient = await agreedPatient(reader, 3);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(1), 3));
  await reader.poll(patient.id);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 7));
  expect(await reader.poll(patient.id)).toMatchObject({ created: 7, unchanged: 3 });
});

it('windows that meet at midnight leave no instant out and count as one covered span', async () => {
  const patient = await agreedPatient(reader, 4);
  // Where Open Wearables rounds, too.
  await reader.sql`update patients set time_zone = 'UTC' where id = ${patient.id}`;
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const at = (time: number, fraction = '') => new Date(time).toISOString().replace(/\.000Z$/, `${fraction}Z`);
  const before = at(midnight - 6 * DAY_MS - 1000, '.999999');
  reader.sandbox.control.addSamples(patient.owUserId, [
    { timestamp: before, type: 'heart_rate', value: 61 },
    { timestamp: at(midnight - 6 * DAY_MS), type: 'heart_rate', value: 62 },
  ]);
  const span = { from: at(midnight - 14 * DAY_MS), to: at(midnight) };
  const counts = await reader.readHistory({ patientId: patient.id, ...span, dataTypes: null });

  expect(counts).toMatchObject({ created: 2 });
  const [cursor] = await cursorsOf(reader.sql, patient.id);
  expect(cursor?.coveredFrom.toISOString()).toBe(new Date(midnight - 14 * DAY_MS).toISOString());
  expect(cursor?.coveredTo.getTime()).toBeGreaterThanOrEqual(midnight);
});
