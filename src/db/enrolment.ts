import { only, type Sql } from './sql.js';

export interface NewPatient {
  readonly organizationId: number;
  readonly nameGiven: string;
  readonly nameFamily: string;
  readonly email: string;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly timeZone: string;
}

/** Makes a patient with an account of their own; undefined when an account has this address already, whosever it is. */
export async function addPatient(sql: Sql, patient: NewPatient): Promise<number | undefined> {
  const [added] = await sql<{ id: number }[]>`
    with account as (
      insert into users (email, kind, name_given, name_family)
      values (${patient.email}, 'patient', ${patient.nameGiven}, ${patient.nameFamily})
      on conflict (lower(email)) do nothing returning id
    ), person as (
      insert into patients (user_id, birth_date, time_zone)
      select id, ${patient.birthDate}, ${patient.timeZone} from account returning id
    ), membership as (
      insert into organization_patients (organization_id, patient_id) select ${patient.organizationId}, id from person
    )
    select id from person`;
  return added?.id;
}

/** Enrols a patient of the study's organization; answers false when there is nothing to do. */
export async function enrolPatient(sql: Sql, studyId: number, patientId: number): Promise<boolean> {
  const result = await sql`
    insert into study_patients (study_id, patient_id)
    select s.id, o.patient_id from studies s
    join organization_patients o on o.organization_id = s.organization_id and o.patient_id = ${patientId}
    where s.id = ${studyId}
    on conflict do nothing`;
  return result.count === 1;
}

/** A study of a patient's organizations, and whether the patient is in it. */
export interface StudyOfPatient {
  readonly id: number;
  readonly name: string;
  readonly organizationId: number;
  readonly enrolledAt: Date | null;
}

/** The studies of these organizations that the patient is in, or may be enrolled in. */
export async function studiesOfPatient(
  sql: Sql,
  patientId: number,
  organizationIds: readonly number[],
): Promise<StudyOfPatient[]> {
  return sql<StudyOfPatient[]>`
    select s.id, s.name, s.organization_id as "organizationId", e.enrolled_at as "enrolledAt"
    from studies s
    join organization_patients o on o.organization_id = s.organization_id and o.patient_id = ${patientId}
    left join study_patients e on e.study_id = s.id and e.patient_id = ${patientId}
    where s.organization_id = any(${organizationIds as number[]})
    order by s.name, s.id`;
}

/** The ids of the studies that each of these patients is in, in the patients' order. */
export async function studiesOfPatients(sql: Sql, patientIds: readonly number[]): Promise<number[][]> {
  const rows = await sql<{ studyIds: number[] }[]>`
    select array(select e.study_id from study_patients e where e.patient_id = p.id order by 1) as "studyIds"
    from unnest(${patientIds as number[]}::integer[]) with ordinality as p(id, place) order by p.place`;
  return rows.map(({ studyIds }) => studyIds);
}

export interface NamedOrganization {
  readonly id: number;
  readonly name: string;
}

/** These organizations with their names. */
export async function organizationsNamed(sql: Sql, ids: readonly number[]): Promise<NamedOrganization[]> {
  return sql<NamedOrganization[]>`
    select id, name from organizations where id = any(${ids as number[]}::integer[]) order by name`;
}

/** Whether Postgres knows this time zone, which decides where a patient's days begin. */
export async function isTimeZone(sql: Sql, name: string): Promise<boolean> {
  const { known } = only(
    await sql<{ known: boolean }[]>`
      select exists (select from pg_timezone_names where name = ${name}) as known`,
  );
  return known;
}
