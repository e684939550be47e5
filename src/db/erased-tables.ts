import type { Fragment } from './page.js';
import { only, type Sql } from './sql.js';

/** Whose rows are removed, and where their numbers go. */
export interface Erased {
  readonly erasureId: number;
  readonly patientId: number;
}

/** Whose rows a table holds, as its column says. */
const owners = {
  account: (sql, { patientId }) => sql`user_id = (select user_id from patients where id = ${patientId})`,
  patient: (sql, { patientId }) => sql`patient_id = ${patientId}`,
  invitation: (sql, { patientId }) =>
    sql`invitation_id in (select id from invitations where patient_id = ${patientId})`,
  family: (sql, { patientId }) =>
    sql`family_id in (select f.id from token_families f join patients p on p.user_id = f.user_id where p.id = ${patientId})`,
  letter: (sql, { patientId }) =>
    sql`dead_letter_id in (select id from dead_letters where patient_id = ${patientId})`,
  address: (sql, { patientId }) =>
    sql`address_hash in (select sha256(convert_to(lower(trim(u.email)), 'UTF8')) from users u
                         join patients p on p.user_id = u.id where p.id = ${patientId})`,
} satisfies Record<string, (sql: Sql, erased: Erased) => Fragment>;

/**
 * Every table with rows of a patient, children before their parents, the ways in first: whoever is being erased does
 * not come back meanwhile. Observations take their revisions, posted documents and identifiers along; the rows of the
 * patient and the account themselves go last, with the tombstone.
 */
export const erasedTables: readonly (readonly [table: string, of: keyof typeof owners])[] = [
  ['sessions', 'account'],
  ['refresh_tokens', 'family'],
  ['access_tokens', 'account'],
  ['authorization_codes', 'invitation'],
  ['token_families', 'account'],
  ['machine_clients', 'account'],
  ['invitation_links', 'invitation'],
  ['onboarding_progress', 'invitation'],
  ['invitations', 'patient'],
  ['sent_mails', 'patient'],
  ['link_requests', 'address'],
  ['organization_members', 'account'],
  ['study_patients', 'patient'],
  ['dead_letter_views', 'letter'],
  ['dead_letters', 'patient'],
  ['raw_listings', 'patient'],
  ['cursors', 'patient'],
  ['coverage', 'patient'],
  ['page_fingerprints', 'patient'],
  ['patient_sync', 'patient'],
  ['due_patients', 'patient'],
  ['sync_hints', 'patient'],
  ['nudges', 'patient'],
  ['backfill_requests', 'patient'],
  ['connect_attempts', 'patient'],
  ['connection_endings', 'patient'],
  ['connections', 'patient'],
  ['patient_identifiers', 'patient'],
  ['organization_patients', 'patient'],
];

/** All of them by name, for whoever makes sure that none is forgotten. */
export const everyErasedTable: readonly string[] = [
  ...erasedTables.map(([table]) => table),
  ...['observations', 'observation_revisions', 'posted_data_points', 'posted_identifiers', 'raw_objects'],
  ...['patients', 'users'],
];

/** Removes at most so many rows of a table, and counts them in the tombstone; answers how many. */
export async function eraseFrom(
  sql: Sql,
  [table, of]: (typeof erasedTables)[number],
  erased: Erased,
  limit: number,
): Promise<number> {
  return countRemoved(
    sql,
    erased,
    table,
    sql`
    delete from ${sql(table)}
    where ctid = any(array(select ctid from ${sql(table)} where ${owners[of](sql, erased)} limit ${limit}))
    returning 1`,
  );
}

/** The same for observations, with everything that hangs on them. */
export async function eraseObservations(sql: Sql, erased: Erased, limit: number): Promise<number> {
  const { rows } = only(
    await sql<{ rows: number }[]>`
    with batch as materialized (
      select id from observations where patient_id = ${erased.patientId} limit ${limit}
    ), revisions as (
      delete from observation_revisions r using batch where r.observation_id = batch.id returning 1
    ), documents as (
      delete from posted_data_points d using batch where d.observation_id = batch.id returning 1
    ), identifiers as (
      delete from posted_identifiers i using batch where i.observation_id = batch.id returning 1
    ), gone as (
      delete from observations o using batch where o.id = batch.id returning 1
    ), removed as (
      select 'observations' as name, count(*) as rows from gone
      union all select 'observation_revisions', count(*) from revisions
      union all select 'posted_data_points', count(*) from documents
      union all select 'posted_identifiers', count(*) from identifiers
    ), told as (
      update erasures e
      set counts = e.counts || (
        select jsonb_object_agg(name, rows + coalesce((e.counts ->> name)::bigint, 0)) from removed where rows > 0)
      where e.id = ${erased.erasureId} and exists (select from removed where rows > 0)
    )
    select (select count(*) from gone) as rows`,
  );
  return rows;
}

/** The same for the ledger of raw payloads; observations point at it. */
export async function eraseRawObjects(sql: Sql, erased: Erased, limit: number): Promise<number> {
  return countRemoved(
    sql,
    erased,
    'raw_objects',
    sql`
    delete from raw_objects
    where id = any(array(select id from raw_objects where patient_id = ${erased.patientId} limit ${limit}))
    returning 1`,
  );
}

async function countRemoved(
  sql: Sql,
  { erasureId }: Erased,
  table: string,
  removal: Fragment,
): Promise<number> {
  const { rows } = only(
    await sql<{ rows: number }[]>`
    with gone as (${removal}), told as (
      update erasures e
      set counts = e.counts || jsonb_build_object(
        ${table}::text, (select count(*) from gone) + coalesce((e.counts ->> ${table})::bigint, 0))
      where e.id = ${erasureId} and exists (select from gone)
    )
    select count(*) as rows from gone`,
  );
  return rows;
}
