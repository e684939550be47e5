import type { Sql } from './sql.js';

/** A study in a list of practitioners. */
export interface StaffStudyLine {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly organizationId: number;
  readonly organization: string;
  readonly patients: number;
  /** Patients with a connection that works. */
  readonly connected: number;
  readonly scopes: number;
  readonly dataSources: number;
  readonly openInvitations: number;
}

/** The studies of these organizations, by name. */
export async function staffStudies(sql: Sql, organizationIds: readonly number[]): Promise<StaffStudyLine[]> {
  return sql<StaffStudyLine[]>`
    select s.id, s.name, s.description, s.organization_id as "organizationId", o.name as organization,
           (select count(*) from study_patients e where e.study_id = s.id) as patients,
           (select count(*) from study_patients e where e.study_id = s.id
              and exists (select from connections c where c.patient_id = e.patient_id and c.status = 'active')) as connected,
           (select count(*) from study_scopes c where c.study_id = s.id) as scopes,
           (select count(*) from study_data_sources d where d.study_id = s.id) as "dataSources",
           (select count(*) from study_patients e join invitations i on i.patient_id = e.patient_id
              where e.study_id = s.id and i.status = 'issued' and i.expires_at > now()) as "openInvitations"
    from studies s join organizations o on o.id = s.organization_id
    where s.organization_id = any(${organizationIds as number[]}::integer[])
    order by s.name, s.id`;
}

/** One of them with what it asks for. */
export interface StaffStudyDetail extends StaffStudyLine {
  readonly historyDays: number;
}

export async function staffStudy(
  sql: Sql,
  studyId: number,
  organizationIds: readonly number[],
): Promise<StaffStudyDetail | undefined> {
  const line = (await staffStudies(sql, organizationIds)).find(({ id }) => id === studyId);
  if (line === undefined) return undefined;
  const [row] = await sql<{ historyDays: number }[]>`
    select history_days as "historyDays" from studies where id = ${studyId}`;
  return row && { ...line, ...row };
}

/** A kind of data that a study asks for, or may ask for. */
export interface StudyScopeLine {
  readonly conceptId: number;
  readonly code: string;
  readonly text: string;
  readonly isAsked: boolean;
  /** Patients of the study whose newest answer is yes. */
  readonly agreed: number;
  /** Wearables of the study that measure it. */
  readonly makers: readonly string[];
}

/** Every kind of data, those that the study asks for first. */
export async function studyScopes(sql: Sql, studyId: number): Promise<StudyScopeLine[]> {
  return sql<StudyScopeLine[]>`
    with answer as (
      select distinct on (patient_id, concept_id) patient_id, concept_id, decision
      from consent_events
      where study_id = ${studyId} and patient_id in (select patient_id from study_patients where study_id = ${studyId})
      order by patient_id, concept_id, id desc
    ), agreement as materialized (
      select concept_id, count(*) as agreed from answer where decision = 'agreed' group by concept_id
    )
    select c.id as "conceptId", c.code, c.text, s.study_id is not null as "isAsked",
           coalesce((select a.agreed from agreement a where a.concept_id = c.id), 0) as agreed,
           array(select d.name from study_data_sources sd join data_sources d on d.id = sd.data_source_id
                 join data_source_scopes ds on ds.data_source_id = d.id and ds.concept_id = c.id
                 where sd.study_id = ${studyId} order by d.name) as makers
    from codeable_concepts c left join study_scopes s on s.concept_id = c.id and s.study_id = ${studyId}
    order by s.study_id is null, c.text, c.id`;
}

/** A wearable that a study uses, or may use. */
export interface StudySourceLine {
  readonly id: number;
  readonly name: string;
  readonly provider: string | null;
  readonly isUsed: boolean;
  /** Patients of the study who connected it. */
  readonly connected: number;
}

export async function studySources(sql: Sql, studyId: number): Promise<StudySourceLine[]> {
  return sql<StudySourceLine[]>`
    select d.id, d.name, d.provider, s.study_id is not null as "isUsed",
           (select count(*) from connections c join study_patients e on e.patient_id = c.patient_id
              where e.study_id = ${studyId} and c.provider = d.provider and c.status = 'active') as connected
    from data_sources d left join study_data_sources s on s.data_source_id = d.id and s.study_id = ${studyId}
    order by s.study_id is null, d.name`;
}

/** Makes these the kinds of data that the study asks for; what stays keeps its extra data types. */
export async function setStudyScopes(
  sql: Sql,
  studyId: number,
  conceptIds: readonly number[],
): Promise<void> {
  await sql`
    with gone as (
      delete from study_scopes where study_id = ${studyId} and concept_id <> all(${conceptIds as number[]}::integer[])
    )
    insert into study_scopes (study_id, concept_id)
    select ${studyId}, id from codeable_concepts where id = any(${conceptIds as number[]}::integer[])
    on conflict do nothing`;
}

/** Makes these the wearables that the study uses. */
export async function setStudySources(
  sql: Sql,
  studyId: number,
  sourceIds: readonly number[],
): Promise<void> {
  await sql`
    with gone as (
      delete from study_data_sources where study_id = ${studyId} and data_source_id <> all(${sourceIds as number[]}::integer[])
    )
    insert into study_data_sources (study_id, data_source_id)
    select ${studyId}, id from data_sources where id = any(${sourceIds as number[]}::integer[])
    on conflict do nothing`;
}
