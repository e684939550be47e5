import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { saveRawListing } from '../../src/db/raw-objects.js';
import { askErasure, erasureOfPatient } from '../../src/db/erasures.js';
import { savePatientSyncs } from '../../src/db/patient-sync.js';
import { rememberHints } from '../../src/db/sync-hints.js';
import { asFailure } from '../../src/temporal/failure-interceptor.js';
import { agreedPatient, type TestPatient } from '../helpers/connected-patient.js';
import { startReader, type Reader } from '../helpers/reader.js';
import { heartRates, hoursAgo, pageOf, shownSample, TIMESERIES } from '../helpers/samples.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';
import { rowsOf } from './stage.js';

/** What was fetched before an erasure and is written after it, and what is written while it ends. */

let reader: Reader;
let patients = 0;
beforeAll(async () => {
  reader = await startReader();
});
afterAll(async () => {
  await reader.close();
});

async function measuredPatient(): Promise<TestPatient> {
  patients += 1;
  const patient = await agreedPatient(reader, patients, 3);
  reader.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 40));
  return patient;
}

const accountOf = async ({ id }: TestPatient) => {
  const [row] = await reader.sql<
    { userId: number }[]
  >`select user_id as "userId" from patients where id = ${id}`;
  return row?.userId ?? 0;
};

const inActivity = <Result>(work: () => Promise<Result>): Promise<Result> =>
  new MockActivityEnvironment().run(work);

/** Everything that the workflow does to the rows; `beforeTheEnd` happens when nothing but the end is missing. */
async function erase({ id }: TestPatient, beforeTheEnd = () => Promise.resolve()): Promise<number> {
  const { activities, sql } = reader;
  const asking = {
    patientId: id,
    askedAs: 'command line',
    askedBy: null,
    reason: null,
    receiptHash: null,
  } as const;
  const erased = await askErasure(sql, asking);
  if (erased === undefined) throw new Error('there is no such patient');
  const input = { ...erased, askedAs: 'command line' } as const;
  await activities.withdrawConsents(input);
  await inActivity(() => activities.removeRecords(input));
  await beforeTheEnd();
  return activities.concludeErasure(input, 'emptied');
}

const KEPT = [
  'audit_subjects.patient_id',
  'consent_events.patient_id',
  'consent_events.recorded_by',
  'erasures.patient_id',
];

it('a page that was asked for before and is stored after stores nothing, nor does the next try', async () => {
  const patient = await measuredPatient();
  const userId = await accountOf(patient);
  const { faults, requests } = reader.sandbox.control;
  const body = pageOf([shownSample(), shownSample({ timestamp: hoursAgo(2).toISOString(), value: 'NaN' })]);
  faults.failNext(TIMESERIES, { status: 200, body, delayMs: 4_000 });
  requests.clear();
  const late = reader.failingPoll(patient.id);
  await until('the page is asked for', () =>
    Promise.resolve(requests.some(({ path }) => TIMESERIES.path.test(path))),
  );
  expect(await erase(patient)).toBe(0);
  const { failure, again } = await late;
  expect(failure).toMatchObject({ name: 'ConsentMoving' });
  await expect(again()).rejects.toMatchObject({ name: 'PatientUnknown' });
  expect(Object.keys(await rowsOf(reader.sql, patient.id, userId)).sort()).toEqual(KEPT);
});

it('a page that is being stored when the end comes is waited for, and found', async () => {
  const patient = await measuredPatient();
  const userId = await accountOf(patient);
  const { sql } = reader;
  const inFlight = await uncommitted(
    sql,
    (connection) =>
      connection`insert into cursors (patient_id, series, covered_from, covered_to)
               values (${patient.id}, 'heart_rate', now() - interval '1 hour', now())`,
  );
  const end = erase(patient);
  await waitsForALock(sql, 'from patients where id');
  await inFlight.commit();
  expect(await end).toBe(1);
  expect(await erasureOfPatient(sql, patient.id)).toMatchObject({ endedAt: null });
  expect(await erase(patient)).toBe(0);
  expect(Object.keys(await rowsOf(sql, patient.id, userId)).sort()).toEqual(KEPT);
});

it('what comes while the end is being committed waits, and then belongs to nobody', async () => {
  const patient = await measuredPatient();
  const { sql } = reader;
  const ending = await uncommitted(
    sql,
    (connection) => connection`select 1 from patients where id = ${patient.id} for update`,
  );
  const late = saveRawListing(sql, patient.id, Buffer.alloc(32), '2026-11-01').then(
    () => 'stored',
    (thrown: unknown) => asFailure(thrown),
  );
  await waitsForALock(sql, 'insert into raw_listings');
  await ending.rollBack();
  expect(await late).toBe('stored');
  expect(await erase(patient)).toBe(0);
  const after = saveRawListing(sql, patient.id, Buffer.alloc(32), '2026-11-01');
  const failure = asFailure(await after.catch((thrown: unknown) => thrown));
  expect(failure).toMatchObject({ type: 'PatientUnknown', nonRetryable: true });
});

it('lists of many patients lose whoever was erased meanwhile, and keep the others', async () => {
  const [gone, there] = [await measuredPatient(), await measuredPatient()];
  expect(await erase(gone)).toBe(0);
  const { sql } = reader;
  const both = [gone, there].map(({ id: patientId }) => ({ patientId }));
  await savePatientSyncs(
    sql,
    both.map((patient) => ({
      ...patient,
      outcome: 'nothing new',
      pollId: 'test',
      created: 0,
      failure: null,
    })),
  );
  await rememberHints(
    sql,
    both.map((patient) => ({ ...patient, syncedAt: new Date().toISOString(), hasMoved: true })),
  );
  const syncs = await sql`select patient_id from patient_sync where patient_id in (${gone.id}, ${there.id})`;
  const hints = await sql`select patient_id from sync_hints where patient_id in (${gone.id}, ${there.id})`;
  expect([syncs, hints].map((rows) => rows.map((row) => row['patient_id'] as number))).toEqual([
    [there.id],
    [there.id],
  ]);
});

it('an answer of an erased patient is not recorded', async () => {
  const patient = await measuredPatient();
  expect(await erase(patient)).toBe(0);
  const late = reader.sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
    values (${patient.id}, 30001, 50004, 'agreed', 10001, 'test', 'test')`;
  await expect(late).rejects.toThrow('there is no such patient');
});

it('a long history goes in batches, each counted once, however often it is begun', async () => {
  const patient = await measuredPatient();
  const { sql, activities } = reader;
  await reader.poll(patient.id);
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series)
    select ${patient.id}, 50004, 70004, now() - n * interval '1 minute', 60, 'heart_rate', 'ow:normalized',
           gen_random_uuid(), 'oura', 'heart_rate'
    from generate_series(1, 9000) n`;
  await sql`update observations set value = 61 where patient_id = ${patient.id} and value = 60`;
  const [held] = await sql<{ observations: number; revisions: number }[]>`
    select (select count(*) from observations where patient_id = ${patient.id}) as observations,
           (select count(*) from observation_revisions r join observations o on o.id = r.observation_id
            where o.patient_id = ${patient.id}) as revisions`;
  const erased = await askErasure(sql, {
    ...{ patientId: patient.id, askedAs: 'command line', askedBy: null, reason: null, receiptHash: null },
  });
  if (erased === undefined) throw new Error('there is no such patient');
  const input = { ...erased, askedAs: 'command line' } as const;
  await Promise.all([1, 2, 3].map(() => inActivity(() => activities.removeRecords(input))));
  expect((await erasureOfPatient(sql, patient.id))?.counts).toMatchObject({
    observations: held?.observations,
    observation_revisions: held?.revisions,
  });
});
