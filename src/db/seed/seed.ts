import { inTransaction, type Sql } from '../sql.js';
import { codings, wearables } from './wearables.js';
import * as world from './world.js';

export interface SeedOptions {
  readonly siteUrl: string;
  /** Argon2id hash that all seeded practitioners share. */
  readonly passwordHash: string;
}

/** Makes the starting world; what is already there stays as it is, so it may run again at any time. */
export async function seed(sql: Sql, options: SeedOptions): Promise<void> {
  await inTransaction(sql, async (transaction) => {
    await seedPeople(transaction, options.passwordHash);
    await seedStudies(transaction, options.siteUrl);
    await seedPatients(transaction);
    await moveSequences(transaction);
    await seedWearables(transaction);
  });
}

/** What every installation needs, and nobody in it: codes, wearables, the client of our own pages, the top of the tree. */
export async function seedCatalog(sql: Sql, siteUrl: string): Promise<void> {
  await inTransaction(sql, async (transaction) => {
    const { organizations, dataSources, clients } = world;
    await seedOrganizations(transaction, organizations.slice(0, 1));
    await seedConcepts(transaction);
    await seedDataSources(
      transaction,
      dataSources.filter(({ provider }) => provider !== null),
    );
    await seedClients(
      transaction,
      clients(siteUrl).filter(({ client_id }) => client_id === world.OWN_CLIENT),
    );
    await moveSequences(transaction);
    await seedWearables(transaction);
  });
}

async function seedPeople(sql: Sql, passwordHash: string): Promise<void> {
  await seedOrganizations(sql, world.organizations);
  const accounts = world.practitioners.map(({ id, email, given, family, superuser }) => ({
    id,
    email,
    kind: 'practitioner',
    name_given: given,
    name_family: family,
    password_hash: passwordHash,
    is_superuser: superuser,
  }));
  await sql`insert into users ${sql(accounts)} on conflict do nothing`;
  const members = world.practitioners.flatMap(({ id, roles }) =>
    Object.entries(roles).map(([organization_id, role]) => ({
      organization_id: Number(organization_id),
      user_id: id,
      role,
    })),
  );
  await sql`insert into organization_members ${sql(members)} on conflict do nothing`;
}

async function seedStudies(sql: Sql, siteUrl: string): Promise<void> {
  await seedConcepts(sql);
  await seedDataSources(sql, world.dataSources);
  const studies = world.studies.map(({ scopes: _scopes, ...study }) => study);
  await sql`insert into studies ${sql(studies)} on conflict do nothing`;
  const studyScopes = world.studies.flatMap(({ id, scopes }) =>
    scopes.map((concept_id) => ({ study_id: id, concept_id })),
  );
  await sql`insert into study_scopes ${sql(studyScopes)} on conflict do nothing`;
  await seedClients(sql, world.clients(siteUrl));
}

async function seedOrganizations(sql: Sql, organizations: typeof world.organizations): Promise<void> {
  await sql`insert into organizations ${sql(organizations)} on conflict do nothing`;
}

async function seedConcepts(sql: Sql): Promise<void> {
  await sql`insert into codeable_concepts ${sql(world.concepts)} on conflict do nothing`;
}

async function seedDataSources(sql: Sql, dataSources: typeof world.dataSources): Promise<void> {
  const sources = dataSources.map(({ scopes: _scopes, ...source }) => source);
  await sql`insert into data_sources ${sql(sources)} on conflict do nothing`;
  const scopes = dataSources.flatMap(({ id, scopes }) =>
    scopes.map((concept_id) => ({ data_source_id: id, concept_id })),
  );
  await sql`insert into data_source_scopes ${sql(scopes)} on conflict do nothing`;
}

async function seedClients(sql: Sql, clients: ReturnType<typeof world.clients>): Promise<void> {
  await sql`insert into clients ${sql(clients)} on conflict do nothing`;
}

async function seedPatients(sql: Sql): Promise<void> {
  const accounts = world.patients.map(({ user_id, email, given, family }) => ({
    id: user_id,
    email,
    kind: 'patient',
    name_given: given,
    name_family: family,
  }));
  await sql`insert into users ${sql(accounts)} on conflict do nothing`;
  const patients = world.patients.map(({ id, user_id, birth_date }) => ({ id, user_id, birth_date }));
  await sql`insert into patients ${sql(patients)} on conflict do nothing`;
  await sql`insert into patient_identifiers ${sql(world.patientIdentifiers)} on conflict do nothing`;
  const memberships = world.patients.flatMap(({ id, organizations }) =>
    organizations.map((organization_id) => ({ organization_id, patient_id: id })),
  );
  await sql`insert into organization_patients ${sql(memberships)} on conflict do nothing`;
  const enrolments = world.patients.flatMap(({ id, studies }) =>
    studies.map((study_id) => ({ study_id, patient_id: id })),
  );
  await sql`insert into study_patients ${sql(enrolments)} on conflict do nothing`;
  const agreements = world.patients.flatMap(({ id, agreed }) =>
    agreed.map((study_id) => ({ study_id, patient_id: id })),
  );
  await sql`
    insert into consent_events (patient_id, study_id, concept_id, decision, recorded_by, channel, text_version)
    select a.patient_id, a.study_id, sc.concept_id, 'agreed', p.user_id, 'seed', 'seed'
    from jsonb_to_recordset(${sql.json(agreements)}) as a(patient_id integer, study_id integer)
    join study_scopes sc on sc.study_id = a.study_id
    join patients p on p.id = a.patient_id
    where not exists (
      select 1 from consent_events e
      where e.patient_id = a.patient_id and e.study_id = a.study_id and e.concept_id = sc.concept_id)`;
}

/** What the original does not have yet: a code for each data type, and the other wearables. */
async function seedWearables(sql: Sql): Promise<void> {
  await sql`
    insert into codeable_concepts (system, code, text)
    select coding ->> 'system', coding ->> 'code', coding ->> 'display'
    from jsonb_array_elements(${sql.json(codings.map((coding) => ({ ...coding })))}) with ordinality as c(coding, place)
    where not exists (
      select from codeable_concepts k where k.system = coding ->> 'system' and k.code = coding ->> 'code')
    order by place`;
  const sources = wearables.map(({ name, provider }) => ({ name, provider }));
  await sql`
    insert into data_sources (name, type, provider)
    select wearable ->> 'name', 'personal_device', wearable ->> 'provider'
    from jsonb_array_elements(${sql.json(sources)}) with ordinality as w(wearable, place)
    where not exists (select from data_sources d where d.provider = wearable ->> 'provider')
    order by place`;
  const scopes = wearables.flatMap(({ provider, codes }) => codes.map((code) => ({ provider, code })));
  await sql`
    insert into data_source_scopes (data_source_id, concept_id)
    select d.id, c.id
    from jsonb_to_recordset(${sql.json(scopes)}) as w(provider text, code text)
    join data_sources d on d.provider = w.provider
    join codeable_concepts c on c.code = w.code
    on conflict do nothing`;
}

/** Explicit ids do not move identity sequences; the next row must not collide with a seeded one. */
async function moveSequences(sql: Sql): Promise<void> {
  for (const table of [
    'organizations',
    'users',
    'patients',
    'codeable_concepts',
    'data_sources',
    'studies',
    'clients',
  ]) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, 'id'),
                    greatest((select max(id) from ${sql(table)}), nextval(pg_get_serial_sequence(${table}, 'id'))))`;
  }
}
