import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import type { Stage } from '../../dev/journey/stage.js';
import { beginErasure } from '../../src/begin-erasure.js';
import { markDue } from '../../src/db/due-patients.js';
import { endedEvidence, erasureOfPatient } from '../../src/db/erasures.js';
import { findPatient, type Patient } from '../../src/db/patients.js';
import { digestOf, rowsRemoved } from '../../src/erasure.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { endOfErasure, erase, measuredPatient, rowsOf, tablesWith } from './stage.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(() => {
  world.sandbox.control.faults.clear();
});

const patientOf = async ({ patientId }: Stage): Promise<Patient> => {
  const patient = await findPatient(world.app.sql, patientId);
  if (patient === undefined) throw new Error('there is no such patient');
  return patient;
};

it('nothing of a patient is left in any table but consent events and the tombstone, and nobody else lost a row', async () => {
  const { sql } = world.app;
  const other = await measuredPatient(world);
  const stage = await measuredPatient(world);
  const patient = await patientOf(stage);
  const otherUser = (await patientOf(other)).userId;
  await sql`
    insert into dead_letters (patient_id, series, reason, detail, fingerprint, original)
    values (${patient.id}, 'heart_rate', 'bad-value', 'value', sha256('a'), 'sealed')`;
  await sql`insert into dead_letter_views (dead_letter_id, viewed_by) select id, 10001 from dead_letters`;
  await sql`insert into link_requests (address_hash) values (sha256(convert_to(${patient.email}, 'UTF8')))`;
  await sql`
    insert into patient_identifiers (patient_id, system, value) values (${patient.id}, 'mrn', 'MRN-77-3141')`;
  await world.app.orchestration.pauseSchedule('nothing moves but the erasure');
  const { orchestration } = world.app;
  for (const { patientId } of [other, stage]) {
    await orchestration.steerBackfill(patientId, 'cancel');
    await until('nothing is read', async () => {
      const backfill = await orchestration.backfillProgress(patientId);
      return backfill?.state !== 'running' && !(await orchestration.isReading(patientId));
    });
  }
  await sql`update observations set value = value + 1 where patient_id = ${patient.id}`;
  const before = await rowsOf(sql, other.patientId, otherUser);
  const observations = await stage.observations();
  expect(observations).toBeGreaterThan(0);

  const erasure = await erase(world, patient.id);

  expect(await rowsOf(sql, patient.id, patient.userId)).toEqual({
    'audit_subjects.patient_id': expect.any(Number) as unknown,
    'consent_events.patient_id': expect.any(Number) as unknown,
    'consent_events.recorded_by': expect.any(Number) as unknown,
    'erasures.patient_id': 1,
  });
  const traces = [patient.email, patient.nameFamily, patient.reference, 'MRN-77-3141'];
  expect(await tablesWith(sql, traces)).toEqual([]);
  expect(erasure.counts).toMatchObject({
    ...{ dead_letters: 1, dead_letter_views: 1, link_requests: 1, patient_identifiers: 1 },
    ...{ invitations: 1, connections: 1, patients: 1, users: 1 },
  });
  expect(erasure.counts['observations']).toBeGreaterThanOrEqual(observations);
  expect(erasure.counts['observation_revisions']).toBeGreaterThan(0);
  const after = await rowsOf(sql, other.patientId, otherUser);
  for (const [name, rows] of Object.entries(before))
    expect(after[name] ?? 0, name).toBeGreaterThanOrEqual(rows);
  await world.app.orchestration.resumeSchedule('the erasure has ended');
}, 90_000);

it('every agreement is stopped as an event first, and the events stay', async () => {
  const stage = await measuredPatient(world);
  const erasure = await erase(world, stage.patientId);
  const events = await world.app.sql<{ decision: string; channel: string; by: number | null }[]>`
    select distinct on (study_id, concept_id) decision, channel, recorded_by as by from consent_events
    where patient_id = ${stage.patientId} order by study_id, concept_id, id desc`;
  expect(events.filter(({ decision }) => decision === 'agreed')).toEqual([]);
  expect(events).toContainEqual({ decision: 'stopped', channel: 'erasure', by: null });
  const { remains } = erasure;
  expect(remains?.consentEvents).toBeGreaterThan(events.length);
}, 60_000);

it('the account at Open Wearables is emptied where our key may not delete it, and named by its opaque id', async () => {
  const stage = await measuredPatient(world);
  const owUserId = await stage.owUserId();
  const erasure = await erase(world, stage.patientId);
  expect(world.sandbox.control.samplesOf(owUserId)).toEqual([]);
  expect(erasure).toMatchObject({ openWearables: 'emptied', remains: { openWearablesUser: owUserId } });
}, 60_000);

it('where our key may, the account is gone; nothing of it is named', async () => {
  const stage = await measuredPatient(world);
  const owUserId = await stage.owUserId();
  const deletion = { method: 'DELETE', path: new RegExp(`/users/${owUserId}$`) };
  world.sandbox.control.faults.failNext(deletion, { status: 200, body: '{}' });
  const erasure = await erase(world, stage.patientId);
  expect(erasure).toMatchObject({ openWearables: 'deleted', remains: { openWearablesUser: null } });
}, 60_000);

it('what a version of Open Wearables cannot delete is said to remain', async () => {
  const stage = await measuredPatient(world);
  const owUserId = await stage.owUserId();
  const purge = { method: 'DELETE', path: /connections.oura.data/ };
  world.sandbox.control.faults.failNext(purge, { status: 405, body: '{"detail":"Method Not Allowed"}' });
  const erasure = await erase(world, stage.patientId);
  expect(erasure).toMatchObject({ openWearables: 'remains', remains: { openWearablesUser: owUserId } });
  const connections = await (await world.app.openWearables()).connections(owUserId);
  expect(connections).toMatchObject([{ status: 'revoked' }]);
}, 60_000);

it('Open Wearables away: what is here goes at once, the rest when it is back', async () => {
  const { sql, orchestration } = world.app;
  const stage = await measuredPatient(world);
  const patient = await patientOf(stage);
  const connections = { path: new RegExp(`${await stage.owUserId()}/connections`) };
  world.sandbox.control.faults.failNext(connections, { status: 503 }, 1_000);
  await beginErasure(world.app, {
    ...{ patientId: patient.id, askedAs: 'operator', askedBy: 10001, reason: null, receiptHash: null },
  });
  await until('nothing says any more who it is', async () => {
    const traces = await tablesWith(sql, [patient.email, patient.nameFamily]);
    return traces.length === 0 && (await stage.observations()) === 0;
  });
  expect(await erasureOfPatient(sql, patient.id)).toMatchObject({ endedAt: null, digest: null });
  expect(await orchestration.erasureProgress(patient.id)).toMatchObject({
    ...{ stage: 'removing', openWearables: null, consents: expect.any(Number) as unknown },
  });
  world.sandbox.control.faults.clear();
  expect(await endOfErasure(sql, patient.id)).toMatchObject({ openWearables: 'emptied' });
}, 90_000);

it('asked twice, it is one erasure', async () => {
  const stage = await measuredPatient(world);
  const ask = (askedAs: 'operator' | 'patient') =>
    beginErasure(world.app, {
      patientId: stage.patientId,
      askedAs,
      askedBy: 10001,
      reason: null,
      receiptHash: null,
    });
  const [first, second] = await Promise.all([ask('operator'), ask('operator')]);
  expect(second).toBe(first);
  const erasure = await endOfErasure(world.app.sql, stage.patientId);
  expect(rowsRemoved(erasure.counts)).toBeGreaterThan(0);
  await expect(ask('operator')).rejects.toMatchObject({ name: 'PatientUnknown' });
}, 60_000);

it('what waits or runs for the patient ends: a paused backfill, a poll, the onboarding', async () => {
  const { orchestration } = world.app;
  const stage = await measuredPatient(world);
  const span = { from: hoursAgo(24 * 300).toISOString(), to: hoursAgo(1).toISOString() };
  await orchestration.requestBackfill(stage.patientId, { ...span, anew: true });
  await orchestration.steerBackfill(stage.patientId, 'pause');
  await erase(world, stage.patientId);
  const { client, close } = await connectTemporal(world.config);
  const query = `PatientRef = '${stage.patientId}' and ExecutionStatus = 'Running'`;
  await until('none runs', async () => (await client.workflow.count(query)).count === 0);
  await close();
}, 60_000);

it('after the end a webhook, a nudge, a poll and a mark store nothing, and the poll ends as ever', async () => {
  const { sql, orchestration } = world.app;
  const stage = await measuredPatient(world);
  const { userId } = await patientOf(stage);
  const owUserId = await stage.owUserId();
  await erase(world, stage.patientId);
  world.sandbox.control.addSamples(owUserId, heartRates(hoursAgo(3), 4));
  await expect(markDue(sql, stage.patientId, 'operator')).rejects.toThrow();
  expect(await orchestration.pollPatientNow(stage.patientId, 'test')).toMatchObject({
    ...{ outcome: 'not consented', created: 0 },
  });
  await orchestration.nudge(stage.patientId);
  await until('the nudged read is over', async () => !(await orchestration.isReading(stage.patientId)));
  const pollId = await until('a poll begins', () => orchestration.triggerPoll());
  expect(await orchestration.pollResult(pollId)).toMatchObject({
    message: expect.stringContaining('complete') as unknown,
  });
  expect(Object.keys(await rowsOf(sql, stage.patientId, userId)).sort()).toEqual([
    ...['audit_subjects.patient_id', 'consent_events.patient_id', 'consent_events.recorded_by'],
    'erasures.patient_id',
  ]);
}, 90_000);

it('the tombstone says nothing of the person, cannot be changed, and its digest tells if it was', async () => {
  const { sql } = world.app;
  const stage = await measuredPatient(world);
  const erasure = await erase(world, stage.patientId);
  const evidence = endedEvidence(erasure);
  if (evidence === undefined) throw new Error('it has not ended');
  expect(digestOf(evidence)).toBe(erasure.digest);
  await until('the audit trail holds the digest', async () => {
    const told = await sql`select 1 from audit_events where why like ${`%${erasure.digest}`}`;
    return told.length > 0;
  });
  expect(digestOf({ ...evidence, counts: { ...evidence.counts, observations: 0 } })).not.toBe(erasure.digest);
  const { id } = erasure;
  await expect(sql`update erasures set counts = '{}' where id = ${id}`).rejects.toThrow('append-only');
  await expect(sql`delete from erasures where id = ${id}`).rejects.toThrow('append-only');
  expect(erasure).toEqual({
    ...{
      id,
      patientId: stage.patientId,
      organizationIds: [20003],
      askedAs: 'command line',
      askedBy: null,
      reason: null,
    },
    ...{ askedAt: expect.any(Date) as unknown, endedAt: expect.any(Date) as unknown },
    ...{ counts: evidence.counts, openWearables: 'emptied', remains: evidence.remains },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
  });
}, 60_000);

it('the number of an erased patient is never given again', async () => {
  const { sql } = world.app;
  const stage = await measuredPatient(world);
  await erase(world, stage.patientId);
  await expect(sql`insert into patients (id, user_id) values (${stage.patientId}, 10001)`).rejects.toThrow(
    "this number was an erased patient's",
  );
}, 60_000);
