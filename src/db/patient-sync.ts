import type { Sql } from './sql.js';

/** What a poll found for one patient; the four ways of "no new data" are different states. */
export type SyncOutcome = 'new data' | 'nothing new' | 'could not read' | 'not consented' | 'not connected';

export interface PatientSync {
  readonly patientId: number;
  readonly outcome: SyncOutcome;
  readonly pollId: string;
  readonly created: number;
  /** The type of the failure when nothing could be read. */
  readonly failure: string | null;
}

/** Remembers what a poll found for these patients, each at most once. */
export async function savePatientSyncs(sql: Sql, syncs: readonly PatientSync[]): Promise<void> {
  await sql`
    insert into patient_sync (patient_id, outcome, poll_id, created, failure)
    select s."patientId", s.outcome, s."pollId", s.created, s.failure
    from jsonb_to_recordset(${sql.json(syncs.map((sync) => ({ ...sync })))}) as s(
      "patientId" integer, outcome text, "pollId" text, created integer, failure text)
    order by s."patientId"
    on conflict (patient_id) do update
    set outcome = excluded.outcome, poll_id = excluded.poll_id, polled_at = clock_timestamp(),
        created = excluded.created, failure = excluded.failure`;
}

/** Patients the newest sweep skipped or could not read, with the reason; ordered by patient, from after `afterId`. */
export async function patientsNotRead(sql: Sql, limit: number, afterId = 0): Promise<PatientSync[]> {
  return sql<PatientSync[]>`
    select patient_id as "patientId", outcome, poll_id as "pollId", created, failure
    from patient_sync
    where outcome in ('could not read', 'not consented', 'not connected') and patient_id > ${afterId}
    order by patient_id limit ${limit}`;
}

/** A patient a sweep looks at, with the reason why there is nothing to read, if so. */
export interface SweepCandidate {
  readonly patientId: number;
  readonly skip: 'not consented' | 'not connected' | null;
}

/**
 * The next patients with an account at Open Wearables, ordered by id from after `afterId`. One is read when an agreed
 * scope stands and a wearable that can measure it is connected.
 */
export async function sweepCandidates(sql: Sql, afterId: number, limit: number): Promise<SweepCandidate[]> {
  return sql<SweepCandidate[]>`
    select p.id as "patientId",
           case when not exists (
                  select 1 from covered_intervals v join data_sources d on d.id = v.data_source_id
                  where v.patient_id = p.id and d.provider is not null and v.ends_at is null) then 'not consented'
                when not exists (
                  select 1 from connections c where c.patient_id = p.id and c.status = 'active') then 'not connected'
           end as skip
    from patients p
    where p.ow_user_id is not null and p.id > ${afterId}
    order by p.id limit ${limit}`;
}

export interface PatientSyncState extends PatientSync {
  readonly polledAt: Date;
}

/** What the newest poll of this patient found; undefined before the first. */
export async function syncOf(sql: Sql, patientId: number): Promise<PatientSyncState | undefined> {
  const [sync] = await sql<PatientSyncState[]>`
    select patient_id as "patientId", outcome, poll_id as "pollId", created, failure, polled_at as "polledAt"
    from patient_sync where patient_id = ${patientId}`;
  return sync;
}
