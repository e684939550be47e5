import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import type { Sql } from './sql.js';

/** A patient as the API tells it. */
export interface PatientRecord {
  readonly id: number;
  readonly jheUserId: number;
  readonly identifiers: readonly { readonly id: number; readonly system: string; readonly value: string }[];
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly birthDate: string | null;
  readonly telecomPhone: string | null;
  readonly telecomEmail: string;
  readonly organizations: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly partOf: number | null;
    readonly currentUserRole: null;
    readonly children: readonly never[];
  }[];
}

/** The columns of a record; `p` is the patient and `u` the account. */
const columns = (sql: Sql): Fragment => sql`
  p.id, p.user_id as "jheUserId",
  coalesce((
    select json_agg(json_build_object('id', i.id, 'system', i.system, 'value', i.value) order by i.id)
    from patient_identifiers i where i.patient_id = p.id), '[]') as identifiers,
  u.name_family as "nameFamily", u.name_given as "nameGiven", p.birth_date as "birthDate",
  p.telecom_phone as "telecomPhone", u.email as "telecomEmail",
  coalesce((
    select json_agg(json_build_object('id', o.id, 'name', o.name, 'type', o.type, 'partOf', o.part_of,
                                      'currentUserRole', null, 'children', '[]'::json) order by o.id)
    from organization_patients op join organizations o on o.id = op.organization_id
    where op.patient_id = p.id), '[]') as organizations`;

export async function patientRecord(sql: Sql, patientId: number): Promise<PatientRecord | undefined> {
  const [record] = await sql<PatientRecord[]>`
    select ${columns(sql)} from patients p join users u on u.id = p.user_id where p.id = ${patientId}`;
  return record;
}

/** The patient with exactly this address, if one of these organizations has it. */
export async function patientRecordByEmail(
  sql: Sql,
  email: string,
  organizationIds: readonly number[],
): Promise<PatientRecord | undefined> {
  const [record] = await sql<PatientRecord[]>`
    select ${columns(sql)} from patients p join users u on u.id = p.user_id
    where lower(u.email) = lower(${email})
      and exists (select from organization_patients op where op.patient_id = p.id
                  and op.organization_id = any(${organizationIds as number[]}))`;
  return record;
}

export interface PatientFilter {
  /** Only patients of one of these. */
  readonly organizationIds: readonly number[];
  readonly studyId: number | undefined;
  readonly patientId: number | undefined;
  readonly identifierValue: string | undefined;
}

/** Patients by id. */
export async function pageOfPatients(
  sql: Sql,
  filter: PatientFilter,
  request: PageRequest,
): Promise<PageOf<PatientRecord>> {
  const { organizationIds, studyId = null, patientId = null, identifierValue = null } = filter;
  const matching = sql`
    select p.id from patients p
    where exists (select from organization_patients op where op.patient_id = p.id
                  and op.organization_id = any(${organizationIds as number[]}))
      and (${studyId}::integer is null or exists (
             select from study_patients sp where sp.patient_id = p.id and sp.study_id = ${studyId}))
      and (${patientId}::integer is null or p.id = ${patientId})
      and (${identifierValue}::text is null or exists (
             select from patient_identifiers i where i.patient_id = p.id and i.value = ${identifierValue}))
    order by p.id`;
  const row = sql`select ${columns(sql)} from patients p join users u on u.id = p.user_id where p.id = m.id`;
  return pageOf(sql, matching, row, request);
}

/** The names of these patients. */
export async function patientNames(
  sql: Sql,
  ids: readonly number[],
): Promise<Map<number, { nameFamily: string; nameGiven: string }>> {
  const rows = await sql<{ id: number; nameFamily: string; nameGiven: string }[]>`
    select p.id, u.name_family as "nameFamily", u.name_given as "nameGiven"
    from patients p join users u on u.id = p.user_id where p.id = any(${ids as number[]})`;
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
