import type { SyncOutcome } from './patient-sync.js';
import type { Sql } from './sql.js';

/** Which patients a sweep looks at: by id from after `afterId` up to `lastId`, read when older than `maxAgeMinutes`. */
export interface SweepRange {
  readonly afterId: number;
  /** Null: to the end. */
  readonly lastId: number | null;
  readonly maxAgeMinutes: number;
  readonly limit: number;
}

/** A patient who is due, or has nothing to read. */
export interface SweepCandidate {
  readonly patientId: number;
  readonly isDue: boolean;
  /** Why there is nothing to read, if so. */
  readonly skip: 'not consented' | 'not connected' | null;
  /** Whether a wearable is connected that the consents may not need any more. */
  readonly hasConnection: boolean;
  /** When the patient was marked due; null when it is the age alone, or nothing. */
  readonly markedAt: string | null;
  /** What is remembered of the newest poll. */
  readonly remembered: SyncOutcome | null;
}

/**
 * The next patients with an account at Open Wearables who are due (marked, never read, could not be read, or read too
 * long ago) or were skipped before. One is read when an agreed scope stands and a wearable that measures it is
 * connected. Nothing is looked up of those who are neither, and each is looked up for itself: as conditions of the select
 * the planner would rather answer both questions for everybody at once, however few are asked about.
 */
export async function sweepCandidates(sql: Sql, range: SweepRange): Promise<SweepCandidate[]> {
  return sql<SweepCandidate[]>`
    with seen as (
      select p.id, d.marked_at, s.outcome,
             d.patient_id is not null or s.patient_id is null or s.outcome = 'could not read'
               or s.polled_at < clock_timestamp() - make_interval(mins => ${range.maxAgeMinutes}) as is_due
      from patients p
      left join due_patients d on d.patient_id = p.id
      left join patient_sync s on s.patient_id = p.id
      where p.ow_user_id is not null and p.id > ${range.afterId}
        and (${range.lastId}::integer is null or p.id <= ${range.lastId})
    ), next as materialized (
      select * from seen where is_due or outcome in ('not consented', 'not connected') order by id limit ${range.limit}
    )
    select n.id as "patientId", n.is_due as "isDue", n.marked_at::text as "markedAt", n.outcome as remembered,
           case when consent.stands is null then 'not consented'
                when not coalesce(wearable.is_connected, false) then 'not connected'
           end as skip,
           wearable.is_connected is not null as "hasConnection"
    from next n
    left join lateral (
      select true as stands from covered_intervals v join data_sources d on d.id = v.data_source_id
      where v.patient_id = n.id and d.provider is not null and v.ends_at is null limit 1
    ) consent on true
    left join lateral (
      select bool_or(c.status = 'active') as is_connected from connections c
      where c.patient_id = n.id and c.status <> 'revoked'
    ) wearable on true
    order by n.id`;
}
