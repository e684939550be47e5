import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { agreedPatient, decide, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, TIMESERIES } from '../helpers/samples.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';

let reader: Reader;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

const FIVE_PAGES = 450;

async function patientWithFivePages(): Promise<TestPatient> {
  patients += 1;
  const patient = await agreedPatient(reader, patients);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(23), FIVE_PAGES, 3));
  reader.sandbox.control.requests.clear();
  return patient;
}
const pagesAsked = () =>
  reader.sandbox.control.requests.filter(({ path }) => TIMESERIES.path.test(path)).length;
const stored = ({ id }: TestPatient) => reader.sql`select from observations where patient_id = ${id}`;

it('the next page is asked for while one is stored', async () => {
  const patient = await patientWithFivePages();
  const lock = await uncommitted(
    reader.sql,
    (connection) => connection`select from patients where id = ${patient.id} for no key update`,
  );
  const poll = reader.poll(patient.id);
  await waitsForALock(reader.sql, 'with guard as');
  await until('the second page is asked for', () => Promise.resolve(pagesAsked() === 2));
  expect(await stored(patient)).toHaveLength(0);
  await lock.rollBack();
  expect(await poll).toMatchObject({ created: FIVE_PAGES });
  expect([pagesAsked(), (await stored(patient)).length]).toEqual([5, FIVE_PAGES]);
});

it('once consent was revoked nothing more is asked for, and the page that was fetched ahead is not stored', async () => {
  const patient = await patientWithFivePages();
  const revocation = await uncommitted(reader.sql, (connection) => decide(connection, patient.id, 'stopped'));
  const poll = reader.poll(patient.id);
  await waitsForALock(reader.sql, 'with guard as');
  await until('the second page is asked for', () => Promise.resolve(pagesAsked() === 2));
  await revocation.commit();
  expect(await poll).toMatchObject({ seen: 100, created: 0, withheld: 100 });
  expect([pagesAsked(), (await stored(patient)).length]).toEqual([2, 0]);
});

it('a page that cannot be stored loses and doubles nothing of what was fetched ahead', async () => {
  const patient = await patientWithFivePages();
  const second = hoursAgo(23).getTime() + 150 * 3 * 60_000;
  await reader.sql.unsafe(`
    create function refuse_second_page() returns trigger language plpgsql as $$
    begin raise exception 'the disk is full'; end $$;
    create trigger refuse_second_page before insert on observations for each row
    when (new.patient_id = ${patient.id} and new.effective_start = '${new Date(second).toISOString()}')
    execute function refuse_second_page()`);
  const { failure, again } = await reader.failingPoll(patient.id);
  await reader.sql.unsafe('drop function refuse_second_page cascade');
  expect(failure).toBeInstanceOf(Error);
  expect(await stored(patient)).toHaveLength(100);
  expect(await again()).toMatchObject({ seen: FIVE_PAGES, created: FIVE_PAGES, unchanged: 0 });
  expect(await stored(patient)).toHaveLength(FIVE_PAGES);
});
