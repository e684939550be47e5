import type { Sql } from './sql.js';

export interface Coding {
  readonly id: number;
  readonly codingSystem: string;
  readonly codingCode: string;
  readonly text: string;
}

/** The answer of a patient to one scope of a study, as the API tells it; null: none yet. */
export interface ScopeConsent {
  readonly code: Coding;
  readonly consented: boolean | null;
  readonly consentedTime: string | null;
}

export interface StudyConsents {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly organization: { readonly id: number; readonly name: string; readonly type: string };
  readonly dataSources: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly supportedScopes: readonly Coding[];
  }[];
  /** Every scope the study asks for, by text. */
  readonly answers: readonly ScopeConsent[];
}

/** The studies of a patient with every answer, given or not; by id. */
export async function studyConsents(sql: Sql, patientId: number): Promise<StudyConsents[]> {
  return sql<StudyConsents[]>`
    select s.id, s.name, s.description,
           json_build_object('id', o.id, 'name', o.name, 'type', o.type) as organization,
           coalesce((
             select json_agg(json_build_object('id', d.id, 'name', d.name, 'type', d.type, 'supportedScopes',
               coalesce((
                 select json_agg(json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code,
                                                   'text', c.text) order by c.text)
                 from data_source_scopes ds join codeable_concepts c on c.id = ds.concept_id
                 where ds.data_source_id = d.id), '[]')) order by d.name)
             from study_data_sources sd join data_sources d on d.id = sd.data_source_id
             where sd.study_id = s.id), '[]') as "dataSources",
           coalesce((
             select json_agg(json_build_object(
               'code', json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code, 'text', c.text),
               'consented', e.decision = 'agreed',
               'consentedTime', to_char(e.decided_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by c.text)
             from study_scopes sc join codeable_concepts c on c.id = sc.concept_id
             left join standing_consents e on e.patient_id = p.patient_id and e.study_id = s.id and e.concept_id = c.id
             where sc.study_id = s.id), '[]') as answers
    from study_patients p
    join studies s on s.id = p.study_id
    join organizations o on o.id = s.organization_id
    where p.patient_id = ${patientId}
    order by s.id`;
}

/** One answer that stands, as the API tells a row of it. */
export interface ConsentRow {
  readonly id: number;
  readonly studyPatient: { readonly id: number; readonly study: number; readonly patient: number };
  readonly scopeCode: Coding;
  readonly consented: boolean;
  readonly consentedTime: string;
}

/** What stands for these scopes of a patient's studies. */
export async function consentRows(
  sql: Sql,
  patientId: number,
  scopes: readonly { readonly studyId: number; readonly conceptId: number }[],
): Promise<ConsentRow[]> {
  return sql<ConsentRow[]>`
    select e.id, json_build_object('id', p.id, 'study', p.study_id, 'patient', p.patient_id) as "studyPatient",
           json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code, 'text', c.text) as "scopeCode",
           e.decision = 'agreed' as consented,
           to_char(e.decided_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "consentedTime"
    from jsonb_to_recordset(${sql.json(scopes.map((scope) => ({ ...scope })))}) as a(
      "studyId" integer, "conceptId" integer)
    join study_patients p on p.study_id = a."studyId" and p.patient_id = ${patientId}
    join codeable_concepts c on c.id = a."conceptId"
    cross join lateral (
      select id, decision, decided_at from consent_events
      where patient_id = p.patient_id and study_id = p.study_id and concept_id = c.id
      order by id desc limit 1) e
    order by p.study_id, c.id`;
}
