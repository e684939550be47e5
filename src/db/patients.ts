import type { Sql } from './sql.js';

export interface Patient {
  readonly id: number;
  readonly userId: number;
  /** Opaque uuid: the only name of a patient that leaves this service. */
  readonly reference: string;
  readonly owUserId: string | null;
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly email: string;
  readonly timeZone: string;
  readonly organizationIds: readonly number[];
}

/** The patient, or undefined. */
export async function findPatient(sql: Sql, patientId: number): Promise<Patient | undefined> {
  const [patient] = await sql<Patient[]>`
    select p.id, p.user_id as "userId", p.reference, p.ow_user_id as "owUserId", u.name_family as "nameFamily",
           u.name_given as "nameGiven", u.email, p.time_zone as "timeZone",
           array(select o.organization_id from organization_patients o where o.patient_id = p.id order by 1)
             as "organizationIds"
    from patients p join users u on u.id = p.user_id
    where p.id = ${patientId}`;
  return patient;
}

/** Those of them that are there, as far as whoever reads may see them. */
export async function knownPatients(sql: Sql, ids: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select id from patients where id = any(${[...ids]})`;
  return rows.map(({ id }) => id);
}

/** YYYY-MM-DD; null when it is not known. */
export async function birthDateOf(sql: Sql, patientId: number): Promise<string | null> {
  const [row] = await sql<{ day: string | null }[]>`
    select birth_date::text as day from patients where id = ${patientId}`;
  return row?.day ?? null;
}

/** The id of the patient with this e-mail address, for the command line. */
export async function findPatientByEmail(sql: Sql, email: string): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`
    select p.id from patients p join users u on u.id = p.user_id where lower(u.email) = lower(${email})`;
  return row?.id;
}

/** The id of the patient with this identifier; without a system, of any. */
export async function findPatientByIdentifier(
  sql: Sql,
  system: string | null,
  value: string,
): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`
    select patient_id as id from patient_identifiers
    where value = ${value} and (${system}::text is null or system = ${system}) order by patient_id limit 1`;
  return row?.id;
}

/** Letters are written in the language of the pages. */
export async function rememberLanguage(sql: Sql, patientId: number, language: 'en' | 'es'): Promise<void> {
  await sql`update patients set language = ${language} where id = ${patientId} and language <> ${language}`;
}

/** Remembers the account at Open Wearables. Answers false when another patient already has it. */
export async function linkOpenWearablesUser(sql: Sql, patientId: number, owUserId: string): Promise<boolean> {
  const result = await sql`
    update patients set ow_user_id = ${owUserId}
    where id = ${patientId}
      and not exists (select 1 from patients other where other.ow_user_id = ${owUserId} and other.id <> ${patientId})`;
  return result.count === 1;
}

/** A wearable that the patient's studies use, crossed with what the patient agreed to. */
export interface ConnectableSource {
  readonly name: string;
  readonly provider: string;
  /** True when it measures something that a standing agreement of a study using it covers. */
  readonly agreed: boolean;
  /** How many kinds of data the patient agreed to, in all studies. */
  readonly agreedKinds: number;
  /** Those of them that it does not measure, by code and name. */
  readonly missing: readonly { readonly code: string; readonly text: string }[];
}

/** The wearables of the patient's studies that come through Open Wearables, by name. */
export async function connectableSources(sql: Sql, patientId: number): Promise<ConnectableSource[]> {
  return sql<ConnectableSource[]>`
    with agreed as (
      select distinct c.id, c.code, c.text from standing_consents e join codeable_concepts c on c.id = e.concept_id
      where e.patient_id = ${patientId} and e.decision = 'agreed'
    )
    select d.name, d.provider, (select count(*)::integer from agreed) as "agreedKinds",
           exists (select 1 from covered_intervals v
                   where v.patient_id = ${patientId} and v.data_source_id = d.id and v.ends_at is null) as agreed,
           (select coalesce(json_agg(json_build_object('code', a.code, 'text', a.text) order by a.text), '[]')
            from agreed a
            where not exists (select 1 from data_source_scopes ds
                              where ds.data_source_id = d.id and ds.concept_id = a.id)) as missing
    from data_sources d
    where d.provider is not null
      and exists (select 1 from study_data_sources sd
                  join study_patients sp on sp.study_id = sd.study_id and sp.patient_id = ${patientId}
                  where sd.data_source_id = d.id)
    order by d.name`;
}

/** The accounts at Open Wearables of all patients who have one. */
export async function openWearablesUserIds(sql: Sql): Promise<string[]> {
  const rows = await sql<
    { id: string }[]
  >`select ow_user_id as id from patients where ow_user_id is not null`;
  return rows.map((row) => row.id);
}
