import type { Fragment } from './page.js';
import type { Sql } from './sql.js';

/** A version of what a study tells its patients in its own words. */
export interface ConsentText {
  readonly version: number;
  readonly body: string;
}

export interface WrittenConsentText extends ConsentText {
  readonly writtenBy: string;
  readonly writtenAt: Date;
}

/** Every version of a study's text, the newest first. */
export async function consentTexts(sql: Sql, studyId: number): Promise<WrittenConsentText[]> {
  return sql<WrittenConsentText[]>`
    select t.version, t.body, trim(u.name_given || ' ' || u.name_family) as "writtenBy", t.written_at as "writtenAt"
    from consent_texts t join users u on u.id = t.written_by
    where t.study_id = ${studyId} order by t.version desc`;
}

export interface NewConsentText {
  readonly studyId: number;
  /** The version that was looked at when this was written; 0 for none. */
  readonly after: number;
  readonly body: string;
  readonly writtenBy: number;
}

/** Adds a version; answers false when another one came in between. */
export async function writeConsentText(sql: Sql, text: NewConsentText): Promise<boolean> {
  const result = await sql`
    insert into consent_texts (study_id, version, body, written_by)
    select ${text.studyId}, ${text.after}::integer + 1, ${text.body}, ${text.writtenBy}
    where ${text.after} = (select coalesce(max(version), 0) from consent_texts where study_id = ${text.studyId})
    on conflict do nothing`;
  return result.count === 1;
}

/** What the studies of a patient tell, by study; one without words of its own is not there. */
export async function consentTextsOf(sql: Sql, patientId: number): Promise<Map<number, ConsentText>> {
  const rows = await sql<(ConsentText & { studyId: number })[]>`
    select distinct on (t.study_id) t.study_id as "studyId", t.version, t.body
    from consent_texts t join study_patients p on p.study_id = t.study_id
    where p.patient_id = ${patientId}
    order by t.study_id, t.version desc`;
  return new Map(rows.map(({ studyId, ...text }) => [studyId, text]));
}

/** The versions of both texts that an answer `e` was given to: `2026-11, study text 3`. */
export function textRead(sql: Sql): Fragment {
  return sql`e.text_version || coalesce(', study text ' || e.study_text_version, '')`;
}
