import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyErasedTable } from '../../src/db/erased-tables.js';
import { isKept, patientReferences } from '../../src/db/patient-references.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';

/** No table with a reference to a patient is forgotten: the schema itself is asked, so one added later fails here. */

let database: TestDatabase;
beforeAll(async () => {
  database = await seededDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Columns that say which practitioner did something; an erasure does not end while one of them names the patient. */
const OF_STAFF = [
  'audit_acknowledgements.acknowledged_by',
  'consent_texts.written_by',
  'polls.asked_by',
  'setting_changes.changed_by',
  'settings.updated_by',
];

async function forgotten(): Promise<string[]> {
  const references = await patientReferences(database.sql);
  return references
    .filter((each) => !everyErasedTable.includes(each.table) && !isKept(each))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !OF_STAFF.includes(name));
}

it('every table that names a patient or an account is erased, or stays for a reason that is written down', async () => {
  expect(await forgotten()).toEqual([]);
  expect((await patientReferences(database.sql)).length).toBeGreaterThan(30);
});

it('a table that is added later with a reference to a patient is found, with and without a foreign key', async () => {
  await database.sql`create table moods (patient_id integer constraint moods_patient_fkey references patients (id))`;
  await database.sql`create table notes (written_for_patient_id integer, seen_by integer)`;
  expect(await forgotten()).toEqual(['moods.patient_id', 'notes.seen_by', 'notes.written_for_patient_id']);
  await database.sql`drop table moods, notes`;
});

it('what hangs on a row that is erased is erased as well', async () => {
  const children = await database.sql<{ child: string; parent: string }[]>`
    select distinct k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent
    from pg_constraint k where k.contype = 'f'`;
  const orphans = children.filter(
    ({ child, parent }) =>
      everyErasedTable.includes(parent) && parent !== 'users' && !everyErasedTable.includes(child),
  );
  expect(orphans).toEqual([]);
});

it('every erased table depends on the row of the patient or the account, so that nothing can be added afterwards', async () => {
  const rooted = await database.sql<{ name: string }[]>`
    with recursive rooted as (
      select 'patients'::regclass::oid as id union select 'users'::regclass::oid
      union
      select k.conrelid from pg_constraint k join rooted r on k.contype = 'f' and k.confrelid = r.id
    )
    select id::regclass::text as name from rooted`;
  const names = rooted.map(({ name }) => name);
  // Of an address that need not be anybody's: only its hash, for a day.
  const free = everyErasedTable.filter((table) => !names.includes(table));
  expect(free).toEqual(['link_requests']);
});
