import type { Sql } from './sql.js';

/** Why somebody should look at a patient, the worst first. */
export const attentionReasons = ['lost', 'rejected', 'not read', 'silent'] as const;
export type AttentionReason = (typeof attentionReasons)[number];

export interface PatientInNeed {
  readonly patientId: number;
  readonly reason: AttentionReason;
  /** What the reason is about: a provider, a kind of failure, or the most frequent reason of a rejection. */
  readonly about: string;
  readonly count: number;
  readonly since: Date;
}

export interface AttentionSearch {
  /** Null: of all organizations. */
  readonly organizationIds: readonly number[] | null;
  /** How long a connected patient may have nothing new. */
  readonly silentHours: number;
  /** Only those after this one. */
  readonly after: { readonly reason: AttentionReason; readonly patientId: number } | null;
  readonly limit: number;
}

/**
 * Patients that need attention; a patient may be there for several reasons. What is covered is looked up for each of the
 * few that may be there (`offset 0`), never for all patients at once.
 */
export async function patientsInNeed(sql: Sql, search: AttentionSearch): Promise<PatientInNeed[]> {
  const { organizationIds, silentHours, after, limit } = search;
  const rank = after === null ? 0 : attentionReasons.indexOf(after.reason) + 1;
  return sql<PatientInNeed[]>`
    with lost as (
      select c.patient_id, min(c.provider) as about, count(*) as count, min(c.checked_at) as since
      from connections c join data_sources d on d.provider = c.provider
      where c.status <> 'active' and c.disconnected_at is null and exists (
        select 1 from covered_intervals v
        where v.patient_id = c.patient_id and v.data_source_id = d.id and v.ends_at is null offset 0)
      group by c.patient_id
    ), rejected as (
      select patient_id, mode() within group (order by reason) as about, count(*) as count, min(first_seen_at) as since
      from dead_letters where state = 'open' group by patient_id
    ), silent as (
      select * from (
        select c.patient_id, min(c.provider) as about, 1 as count,
               coalesce(max(n.position), min(c.connected_at), min(c.checked_at)) as since
        from connections c left join cursors n on n.patient_id = c.patient_id
        where c.status = 'active' group by c.patient_id
      ) quiet
      where since < now() - make_interval(hours => ${silentHours}) and exists (
        select 1 from covered_intervals v where v.patient_id = quiet.patient_id and v.ends_at is null offset 0)
    ), needs as (
      select 1 as rank, 'lost' as reason, * from lost
      union all select 2, 'rejected', * from rejected
      union all
      select 3, 'not read', patient_id, coalesce(failure, 'Unknown'), 1, polled_at from patient_sync
      where outcome = 'could not read'
      union all select 4, 'silent', * from silent
    )
    select patient_id as "patientId", reason, about, count, since from needs
    where (rank, patient_id) > (${rank}, ${after?.patientId ?? 0})
      and (${organizationIds === null} or exists (
        select 1 from organization_patients o
        where o.patient_id = needs.patient_id and o.organization_id = any(${(organizationIds ?? []) as number[]})))
    order by rank, patient_id limit ${limit}`;
}

/** A patient in one line. */
export interface PatientLine {
  readonly patientId: number;
  readonly agreed: number;
  readonly connected: number;
  /** What the newest poll found; null before the first. */
  readonly outcome: string | null;
  readonly lastDataAt: Date | null;
}

/** Patients by id, from after `afterId`; no names. */
export async function patientLines(sql: Sql, afterId: number, limit: number): Promise<PatientLine[]> {
  return sql<PatientLine[]>`
    select p.id as "patientId", s.outcome,
           (select count(*) from standing_consents c where c.patient_id = p.id and c.decision = 'agreed') as agreed,
           (select count(*) from connections c where c.patient_id = p.id and c.status = 'active') as connected,
           (select max(n.position) from cursors n where n.patient_id = p.id) as "lastDataAt"
    from patients p left join patient_sync s on s.patient_id = p.id
    where p.id > ${afterId} order by p.id limit ${limit}`;
}
