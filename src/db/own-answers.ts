import type { Decision } from './consents.js';
import { textRead } from './consent-texts.js';
import type { Sql } from './sql.js';

/** One answer that a patient gave, as it was given. */
export interface AnsweredScope {
  readonly study: string;
  readonly code: string;
  readonly text: string;
  readonly decision: Decision;
  readonly decidedAt: Date;
  readonly channel: string;
  readonly textVersion: string;
}

/** Every answer of a patient, oldest first: consents are events, and nothing takes one away. */
export async function answersOf(sql: Sql, patientId: number): Promise<AnsweredScope[]> {
  return sql<AnsweredScope[]>`
    select s.name as study, c.code, c.text, e.decision, e.decided_at as "decidedAt", e.channel,
           ${textRead(sql)} as "textVersion"
    from consent_events e
    join studies s on s.id = e.study_id
    join codeable_concepts c on c.id = e.concept_id
    where e.patient_id = ${patientId}
    order by e.decided_at, e.id`;
}
