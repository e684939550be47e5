import type { Sql } from '../../src/db/sql.js';

/** A patient with whatever the service keeps of one. */
export interface Person {
  readonly patientId: number;
  readonly userId: number;
  readonly studyId: number;
  readonly organizationId: number;
  readonly practitionerId: number;
}

const LAB = { studyId: 30001, organizationId: 20003, practitionerId: 10003 };
export const PETER: Person = { patientId: 40001, userId: 10006, ...LAB };
export const PAMELA: Person = { patientId: 40002, userId: 10007, ...LAB };
export const PERCY: Person = {
  ...{ patientId: 40003, userId: 10008, studyId: 30004, organizationId: 20007, practitionerId: 10011 },
};
export const OPERATOR = 10001;

/** The ids of a person's things, by the table that they are rows of. */
export type Belongings = Readonly<Record<string, readonly number[]>>;

/** Fills every table that people may read with rows of this person. */
export async function keepEverythingOf(sql: Sql, person: Person): Promise<Belongings> {
  const {
    patientId: patient,
    studyId: study,
    practitionerId: by,
    organizationId: organization,
    userId,
  } = person;
  await sql`insert into study_patients (study_id, patient_id) values (${study}, ${patient}) on conflict do nothing`;
  await sql`insert into patient_identifiers (patient_id, system, value) values (${patient}, 'wall', ${patient})`;
  await sql`
    insert into study_scopes (study_id, concept_id) values (${study}, 50004) on conflict do nothing`;
  await sql`
    insert into study_data_sources (study_id, data_source_id) values (${study}, 70004) on conflict do nothing`;
  await sql`
    insert into study_clients (study_id, client_id) select ${study}::integer, min(id) from clients on conflict do nothing`;
  await sql`
    insert into consent_texts (study_id, version, body, written_by) values (${study}, 1, 'Words', ${by})
    on conflict do nothing`;
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
    values (${patient}, ${study}, 50004, 'agreed', ${userId}, 'launch page', '1')`;
  await sql`insert into connections (patient_id, provider, status) values (${patient}, 'oura', 'active')`;
  await sql`insert into connection_endings (patient_id, provider, is_purge) values (${patient}, 'oura', false)`;
  await sql`
    insert into cursors (patient_id, series, covered_from, covered_to) values (${patient}, 'heart_rate', now(), now())`;
  await sql`
    insert into dead_letters (patient_id, series, reason, detail, fingerprint, original)
    values (${patient}, 'heart_rate', 'bad-time', '', '\\x01', '\\x02')`;
  await sql`
    insert into coverage (patient_id, data_type, kind, day, shown, expected, stored, rejected)
    values (${patient}, 'heart_rate', 'sample', current_date, 1, 1, 1, 0)`;
  await sql`insert into patient_sync (patient_id, outcome, poll_id) values (${patient}, 'new data', 'poll')`;
  await sql`
    insert into raw_objects (patient_id, key, etag, day, fetched_at, reach, status)
    values (${patient}, 'key', 'etag', current_date, now(), '\\x01', 'processed')`;
  await sql`
    insert into access_tokens (user_id, name, token_hash, expires_at)
    values (${by}, 'wall', ${Buffer.from(`${patient}`)}, now() + interval '1 day')`;
  const [invitation] = await sql<{ id: number }[]>`
    insert into invitations (patient_id, client_id, token_hash, issued_by, expires_at)
    select ${patient}::integer, min(id), ${Buffer.from(`${patient}`)}, ${by}::integer, now() + interval '1 day' from clients
    returning id`;
  await sql`insert into onboarding_progress (invitation_id, steps) values (${invitation?.id ?? 0}, '[]')`;
  const [observation] = await sql<{ id: number }[]>`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type,
                              identifier_system, identifier, provider, series)
    values (${patient}, 50004, 70004, now(), 70, 'heart_rate', 'ow:normalized', gen_random_uuid(), 'oura', 'heart_rate')
    returning id`;
  const observationId = observation?.id ?? 0;
  await sql`update observations set value = 71, status = 'amended' where id = ${observationId}`;
  await sql`
    insert into posted_data_points (observation_id, document, posted_by) values (${observationId}, '{}', ${by})`;
  await sql`
    insert into posted_identifiers (system, value, observation_id) values ('wall', ${patient}, ${observationId})`;
  return {
    ...{ patients: [patient], studies: [study], organizations: [organization] },
    ...{ observations: [observationId], invitations: [invitation?.id ?? 0] },
  };
}
