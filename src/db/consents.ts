import type { CoveredInterval } from '../consent.js';
import type { Sql } from './sql.js';

export type Decision = 'agreed' | 'declined' | 'stopped';

/** One kind of data that a study asks a patient for, with the decision that stands; null: unanswered. */
export interface RequestedScope {
  readonly studyId: number;
  readonly studyName: string;
  readonly studyDescription: string;
  readonly organizationId: number;
  readonly organizationName: string;
  readonly historyDays: number;
  readonly conceptId: number;
  readonly system: string;
  readonly code: string;
  readonly text: string;
  readonly decision: Decision | null;
  readonly decidedAt: Date | null;
}

export interface ConsentEvent {
  readonly patientId: number;
  readonly studyId: number;
  readonly conceptId: number;
  readonly decision: Decision;
  readonly recordedBy: number;
  readonly channel: string;
  readonly textVersion: string;
  /** Which version of the study's own words was read; null: none. */
  readonly studyTextVersion: number | null;
}

/** Every scope that the patient's studies ask for, answered or not; ordered by study and text. */
export async function requestedScopes(sql: Sql, patientId: number): Promise<RequestedScope[]> {
  return sql<RequestedScope[]>`
    select s.id as "studyId", s.name as "studyName", s.description as "studyDescription",
           o.id as "organizationId", o.name as "organizationName", s.history_days as "historyDays",
           c.id as "conceptId", c.system, c.code, c.text, e.decision, e.decided_at as "decidedAt"
    from study_patients p
    join studies s on s.id = p.study_id
    join organizations o on o.id = s.organization_id
    join study_scopes sc on sc.study_id = s.id
    join codeable_concepts c on c.id = sc.concept_id
    left join standing_consents e
      on e.patient_id = p.patient_id and e.study_id = s.id and e.concept_id = c.id
    where p.patient_id = ${patientId}
    order by s.id, c.text`;
}

/**
 * Appends consent events; a decision that already stands appends nothing. Scopes the study does not ask for and
 * studies the patient is not in are left out. Answers how many events were appended.
 */
export async function recordConsents(sql: Sql, events: readonly ConsentEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const result = await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version,
                                study_text_version)
    select e."patientId", e."studyId", e."conceptId", e.decision, e."recordedBy", e.channel, e."textVersion",
           e."studyTextVersion"
    from jsonb_to_recordset(${sql.json(events.map((event) => ({ ...event })))}) as e(
      "patientId" integer, "studyId" integer, "conceptId" integer, decision text, "recordedBy" integer,
      channel text, "textVersion" text, "studyTextVersion" integer)
    join study_patients p on p.study_id = e."studyId" and p.patient_id = e."patientId"
    join study_scopes sc on sc.study_id = e."studyId" and sc.concept_id = e."conceptId"
    where not exists (
      select 1 from standing_consents s
      where s.patient_id = e."patientId" and s.study_id = e."studyId" and s.concept_id = e."conceptId"
        and s.decision = e.decision)
    order by e."studyId", e."conceptId"`;
  return result.count;
}

/** What may be read for a patient: agreed, still asked for, still enrolled, by provider of Open Wearables. */
export async function coveredIntervals(sql: Sql, patientId: number): Promise<CoveredInterval[]> {
  return sql<CoveredInterval[]>`
    select v.study_id as "studyId", c.code, d.provider, v.starts_at as "startsAt", v.ends_at as "endsAt",
           v.extra_data_types as "extraDataTypes"
    from covered_intervals v
    join codeable_concepts c on c.id = v.concept_id
    join data_sources d on d.id = v.data_source_id
    where v.patient_id = ${patientId} and d.provider is not null`;
}
