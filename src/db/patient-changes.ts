import { type Sql, takenConstraint } from './sql.js';

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export interface PatientFields {
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly birthDate: string | null;
  readonly telecomPhone: string | null;
}

export interface NewPatient extends PatientFields {
  readonly email: string;
  readonly organizationId: number;
  readonly identifiers: readonly Identifier[];
}

/** What a patient shares with somebody else, and may not. */
export type PatientConflict = 'email taken' | 'identifier taken';

const CONFLICTS: Readonly<Record<string, PatientConflict>> = {
  users_email_unique: 'email taken',
  patient_identifiers_unique: 'identifier taken',
};

/**
 * Makes a patient with an account of its own, in one organization; never takes over an account that is there. What is
 * taken is looked for first: Postgres quotes in its log what breaks a constraint, so only a race may come to that.
 */
export async function createPatient(sql: Sql, patient: NewPatient): Promise<number | PatientConflict> {
  const { email, organizationId, nameFamily, nameGiven, birthDate, telecomPhone } = patient;
  if (await areTaken(sql, patient.identifiers, null)) return 'identifier taken';
  return unlessTaken(async () => {
    const [made] = await sql<{ id: number }[]>`
      with account as (
        insert into users (email, kind, name_family, name_given)
        values (${email}, 'patient', ${nameFamily}, ${nameGiven})
        on conflict (lower(email)) do nothing returning id
      ), patient as (
        insert into patients (user_id, birth_date, telecom_phone)
        select id, ${birthDate}::date, ${telecomPhone} from account returning id
      ), named as (
        insert into patient_identifiers (patient_id, system, value)
        select distinct p.id, i.system, i.value
        from patient p cross join jsonb_to_recordset(${asJson(sql, patient.identifiers)}) as i(system text, value text)
      ), member as (
        insert into organization_patients (organization_id, patient_id) select ${organizationId}::integer, id from patient
      )
      select id from patient`;
    return made?.id ?? 'email taken';
  });
}

/** Changes a patient; `identifiers` replaces all of them, undefined leaves them. */
export async function changePatient(
  sql: Sql,
  id: number,
  { nameFamily, nameGiven, birthDate, telecomPhone }: PatientFields,
  identifiers: readonly Identifier[] | undefined,
): Promise<number | PatientConflict> {
  const wanted = asJson(sql, identifiers ?? []);
  if (await areTaken(sql, identifiers ?? [], id)) return 'identifier taken';
  return unlessTaken(async () => {
    await sql`
      with patient as (
        update patients set birth_date = ${birthDate}::date, telecom_phone = ${telecomPhone}, updated_at = now()
        where id = ${id} returning id, user_id
      ), account as (
        update users u set name_family = ${nameFamily}, name_given = ${nameGiven}
        from patient where u.id = patient.user_id
      ), wanted as (
        select distinct i.system, i.value from jsonb_to_recordset(${wanted}) as i(system text, value text)
      ), dropped as (
        delete from patient_identifiers i using patient p
        where i.patient_id = p.id and ${identifiers !== undefined}
          and not exists (select from wanted w where w.system = i.system and w.value = i.value)
      )
      insert into patient_identifiers (patient_id, system, value)
      select p.id, w.system, w.value from patient p cross join wanted w
      where not exists (
        select from patient_identifiers i where i.patient_id = p.id and i.system = w.system and i.value = w.value)`;
    return id;
  });
}

/** Makes a patient one of another organization as well; answers false when it is already. */
export async function addToOrganization(sql: Sql, id: number, organizationId: number): Promise<boolean> {
  const result = await sql`
    insert into organization_patients (organization_id, patient_id) values (${organizationId}, ${id})
    on conflict do nothing`;
  return result.count === 1;
}

/** Takes a patient out of an organization and its studies; what was consented and measured stays on record. */
export async function removeFromOrganization(sql: Sql, id: number, organizationId: number): Promise<void> {
  await sql`
    with enrolments as (
      delete from study_patients sp using studies s
      where sp.patient_id = ${id} and s.id = sp.study_id and s.organization_id = ${organizationId}
    )
    delete from organization_patients where patient_id = ${id} and organization_id = ${organizationId}`;
}

/** Whether one of these names somebody else. */
async function areTaken(
  sql: Sql,
  identifiers: readonly Identifier[],
  patientId: number | null,
): Promise<boolean> {
  const rows = await sql`
    select from patient_identifiers i
    join jsonb_to_recordset(${asJson(sql, identifiers)}) as w(system text, value text) using (system, value)
    where i.patient_id is distinct from ${patientId} limit 1`;
  return rows.length > 0;
}

async function unlessTaken(
  write: () => Promise<number | PatientConflict>,
): Promise<number | PatientConflict> {
  try {
    return await write();
  } catch (thrown) {
    const conflict = CONFLICTS[takenConstraint(thrown) ?? ''];
    if (conflict === undefined) throw thrown;
    return conflict;
  }
}

function asJson(sql: Sql, identifiers: readonly Identifier[]) {
  return sql.json(identifiers.map(({ system, value }) => ({ system, value })));
}
