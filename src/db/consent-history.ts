import type { Decision } from './consents.js';
import { textRead } from './consent-texts.js';
import type { Sql } from './sql.js';

/** A decision that was recorded, as it will always stand. */
export interface RecordedDecision {
  readonly studyId: number;
  readonly study: string;
  readonly code: string;
  readonly text: string;
  readonly decision: Decision;
  readonly decidedAt: Date;
  readonly textVersion: string;
  readonly channel: string;
  readonly byPatient: boolean;
  /** Whether it is the newest of its kind of data. */
  readonly stands: boolean;
}

/** The decisions of a patient for studies of these organizations, the newest first. */
export async function consentHistory(
  sql: Sql,
  patientId: number,
  organizationIds: readonly number[],
): Promise<RecordedDecision[]> {
  return sql<RecordedDecision[]>`
    select e.study_id as "studyId", s.name as study, c.code, c.text, e.decision, e.decided_at as "decidedAt",
           ${textRead(sql)} as "textVersion", e.channel, e.recorded_by is not distinct from p.user_id as "byPatient",
           e.id = max(e.id) over (partition by e.study_id, e.concept_id) as stands
    from consent_events e
    join studies s on s.id = e.study_id
    join codeable_concepts c on c.id = e.concept_id
    join patients p on p.id = e.patient_id
    where e.patient_id = ${patientId} and s.organization_id = any(${organizationIds as number[]}::integer[])
    order by e.id desc`;
}

/** How many dead letters of a patient wait for a decision. */
export async function openDeadLetters(sql: Sql, patientId: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from dead_letters where patient_id = ${patientId} and state = 'open'`;
  return row?.count ?? 0;
}
