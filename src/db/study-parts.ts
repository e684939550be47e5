import type { Fragment } from './page.js';
import type { Sql } from './sql.js';

/** A study inside of what belongs to it. */
export interface StudyOfPart {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly iconUrl: string | null;
  readonly lastUpdated: string;
  readonly organization: number;
  readonly patients: readonly number[];
}

const study = (sql: Sql): Fragment => sql`
  json_build_object(
    'id', s.id, 'name', s.name, 'description', s.description, 'iconUrl', s.icon_url,
    'lastUpdated', to_char(s.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'organization', s.organization_id,
    'patients', array(select e.patient_id from study_patients e where e.study_id = s.id order by e.patient_id)) as study`;

export interface StudyPatient {
  readonly id: number;
  readonly study: StudyOfPart;
  readonly patient: {
    readonly id: number;
    readonly nameFamily: string;
    readonly nameGiven: string;
    readonly birthDate: string | null;
    readonly telecomPhone: string | null;
    readonly lastUpdated: string;
    readonly jheUser: number;
    readonly organizations: readonly number[];
  };
}

/** The enrolments of these patients in a study. */
export async function studyPatients(
  sql: Sql,
  studyId: number,
  patientIds: readonly number[],
): Promise<StudyPatient[]> {
  return sql<StudyPatient[]>`
    select x.id, ${study(sql)},
           json_build_object(
             'id', p.id, 'nameFamily', u.name_family, 'nameGiven', u.name_given, 'birthDate', p.birth_date,
             'telecomPhone', p.telecom_phone, 'jheUser', p.user_id,
             'lastUpdated', to_char(p.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
             'organizations', array(select op.organization_id from organization_patients op
                                    where op.patient_id = p.id order by 1)) as patient
    from study_patients x
    join studies s on s.id = x.study_id
    join patients p on p.id = x.patient_id
    join users u on u.id = p.user_id
    where x.study_id = ${studyId} and p.id = any(${patientIds as number[]})
    order by p.id`;
}

/** Enrols patients of the study's organization; answers which were enrolled by this. */
export async function enrolPatients(
  sql: Sql,
  studyId: number,
  patientIds: readonly number[],
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    insert into study_patients (study_id, patient_id)
    select s.id, op.patient_id
    from studies s join organization_patients op on op.organization_id = s.organization_id
    where s.id = ${studyId} and op.patient_id = any(${patientIds as number[]})
    order by op.patient_id
    on conflict do nothing
    returning patient_id as id`;
  return rows.map(({ id }) => id);
}

export async function withdrawPatients(
  sql: Sql,
  studyId: number,
  patientIds: readonly number[],
): Promise<number> {
  const result = await sql`
    delete from study_patients where study_id = ${studyId} and patient_id = any(${patientIds as number[]})`;
  return result.count;
}

export interface ScopeRequest {
  readonly id: number;
  readonly study: StudyOfPart;
  readonly scopeCode: {
    readonly id: number;
    readonly codingSystem: string;
    readonly codingCode: string;
    readonly text: string;
  };
}

/** What a study asks for, by text. */
export async function scopeRequests(sql: Sql, studyId: number): Promise<ScopeRequest[]> {
  return sql<ScopeRequest[]>`
    select x.id, ${study(sql)},
           json_build_object('id', c.id, 'codingSystem', c.system, 'codingCode', c.code, 'text', c.text) as "scopeCode"
    from study_scopes x join studies s on s.id = x.study_id join codeable_concepts c on c.id = x.concept_id
    where x.study_id = ${studyId} order by c.text, c.id`;
}

/** Has a study ask for a scope; answers false when it does already, or nobody knows the scope. */
export async function requestScope(sql: Sql, studyId: number, conceptId: number): Promise<boolean> {
  const result = await sql`
    insert into study_scopes (study_id, concept_id)
    select ${studyId}, c.id from codeable_concepts c where c.id = ${conceptId} on conflict do nothing`;
  return result.count === 1;
}

export async function dropScope(sql: Sql, studyId: number, conceptId: number): Promise<boolean> {
  const result =
    await sql`delete from study_scopes where study_id = ${studyId} and concept_id = ${conceptId}`;
  return result.count === 1;
}

export interface StudyDataSource {
  readonly id: number;
  readonly study: StudyOfPart;
  readonly dataSource: {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly lastUpdated: string;
  };
}

/** The data sources of a study by name. */
export async function studyDataSources(sql: Sql, studyId: number): Promise<StudyDataSource[]> {
  return sql<StudyDataSource[]>`
    select x.id, ${study(sql)},
           json_build_object('id', d.id, 'name', d.name, 'type', d.type,
                             'lastUpdated', to_char(d.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) as "dataSource"
    from study_data_sources x join studies s on s.id = x.study_id join data_sources d on d.id = x.data_source_id
    where x.study_id = ${studyId} order by d.name, d.id`;
}

export async function detachDataSource(sql: Sql, studyId: number, dataSourceId: number): Promise<boolean> {
  const result = await sql`
    delete from study_data_sources where study_id = ${studyId} and data_source_id = ${dataSourceId}`;
  return result.count === 1;
}

export interface StudyClient {
  readonly id: number;
  readonly study: StudyOfPart;
  readonly client: { readonly id: number; readonly client_id: string; readonly name: string };
}

/** The clients of a study by name. */
export async function studyClients(sql: Sql, studyId: number): Promise<StudyClient[]> {
  return sql<StudyClient[]>`
    select x.id, ${study(sql)}, json_build_object('id', c.id, 'client_id', c.client_id, 'name', c.name) as client
    from study_clients x join studies s on s.id = x.study_id join clients c on c.id = x.client_id
    where x.study_id = ${studyId} order by c.name, c.id`;
}

/** Attaches a client; answers false when it is already, or there is no such client. */
export async function attachClient(sql: Sql, studyId: number, clientId: number): Promise<boolean> {
  const result = await sql`
    insert into study_clients (study_id, client_id)
    select ${studyId}, c.id from clients c where c.id = ${clientId} on conflict do nothing`;
  return result.count === 1;
}

export async function detachClient(sql: Sql, studyId: number, clientId: number): Promise<boolean> {
  const result = await sql`delete from study_clients where study_id = ${studyId} and client_id = ${clientId}`;
  return result.count === 1;
}
