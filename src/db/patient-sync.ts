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

/**
 * Remembers what a poll found for these patients, each at most once. Who was read is not due any more, unless marked
 * again since the read began; a hint is followed by a second read at the next poll. Answers of whom messages came since
 * the read began.
 */
export async function savePatientSyncs(sql: Sql, syncs: readonly PatientSync[]): Promise<number[]> {
  const gathered = await sql<{ id: number }[]>`
    with synced as (
      select * from jsonb_to_recordset(${sql.json(syncs.map((sync) => ({ ...sync })))}) as s(
        "patientId" integer, outcome text, "pollId" text, created integer, failure text)
      -- The planner takes a set from JSON for a hundred rows, and would rather look through all patients.
      limit ${syncs.length}
    ), ended as (
      delete from nudges n using synced s where n.patient_id = s."patientId" returning n.patient_id, n.is_again
    ), unnudged as (
      -- Nudges come before marks, as where a message is received: two that wait for each other would have to fail.
      select s.* from synced s cross join (select count(*) from ended) e
    ), again as (
      update due_patients d set reason = 'hint again', marked_at = clock_timestamp(), reading_since = null
      from unnudged s
      where d.patient_id = s."patientId" and d.marked_at <= d.reading_since
        and d.reason = 'hint' and s.outcome in ('new data', 'nothing new')
    ), done as (
      delete from due_patients d using unnudged s
      where d.patient_id = s."patientId" and d.marked_at <= d.reading_since
        and (s.outcome in ('not consented', 'not connected')
             or (d.reason <> 'hint' and s.outcome in ('new data', 'nothing new')))
    ), saved as (
      insert into patient_sync (patient_id, outcome, poll_id, created, failure)
      select s."patientId", s.outcome, s."pollId", s.created, s.failure
      from synced s ${stillThere(sql)}
      on conflict (patient_id) do update
      set outcome = excluded.outcome, poll_id = excluded.poll_id, polled_at = clock_timestamp(),
          created = excluded.created, failure = excluded.failure,
          outcome_since = case when patient_sync.outcome = excluded.outcome then patient_sync.outcome_since
                               else clock_timestamp() end
    ), gathering as (
      -- Who is read once more gathers what is told until then.
      insert into nudges (patient_id) select patient_id from ended where is_again
    )
    select patient_id as id from ended where is_again order by patient_id`;
  return gathered.map(({ id }) => id);
}

/** A patient a poll does not read, and the mark that made the patient due, if any. */
export interface Skip {
  readonly patientId: number;
  readonly outcome: 'not consented' | 'not connected';
  readonly markedAt: string | null;
}

/** Remembers why these patients are not read, where that is new; they are not due any more unless marked meanwhile. */
export async function saveSkips(sql: Sql, pollId: string, skips: readonly Skip[]): Promise<void> {
  await sql`
    with skipped as (
      select * from jsonb_to_recordset(${sql.json(skips.map((skip) => ({ ...skip })))}) as s(
        "patientId" integer, outcome text, "markedAt" timestamptz)
      limit ${skips.length}
    ), done as (
      delete from due_patients d using skipped s
      where d.patient_id = s."patientId" and d.marked_at = s."markedAt"
    )
    insert into patient_sync as p (patient_id, outcome, poll_id)
    select s."patientId", s.outcome, ${pollId} from skipped s ${stillThere(sql)}
    on conflict (patient_id) do update
    set outcome = excluded.outcome, poll_id = excluded.poll_id, polled_at = clock_timestamp(), created = 0, failure = null,
        outcome_since = clock_timestamp()
    where p.outcome <> excluded.outcome`;
}

/** Whoever was erased meanwhile is left out; whoever is being erased is waited for. */
function stillThere(sql: Sql) {
  return sql`join patients p on p.id = s."patientId" order by p.id for key share of p`;
}

/** Patients the newest sweep skipped or could not read, with the reason; ordered by patient, from after `afterId`. */
export async function patientsNotRead(sql: Sql, limit: number, afterId = 0): Promise<PatientSync[]> {
  return sql<PatientSync[]>`
    select patient_id as "patientId", outcome, poll_id as "pollId", created, failure
    from patient_sync
    where outcome in ('could not read', 'not consented', 'not connected') and patient_id > ${afterId}
    order by patient_id limit ${limit}`;
}

export interface PatientSyncState extends PatientSync {
  readonly polledAt: Date;
  /** Since when polls find the same. */
  readonly since: Date;
}

/** What the newest poll of this patient found; undefined before the first. */
export async function syncOf(sql: Sql, patientId: number): Promise<PatientSyncState | undefined> {
  const [sync] = await sql<PatientSyncState[]>`
    select patient_id as "patientId", outcome, poll_id as "pollId", created, failure, polled_at as "polledAt",
           outcome_since as since
    from patient_sync where patient_id = ${patientId}`;
  return sync;
}
