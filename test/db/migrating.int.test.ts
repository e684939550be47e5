import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { migrate } from '../../src/db/migrate.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';

const BY_NAME =
  '-- concurrently: no\ncreate index concurrently if not exists people_by_name on people (name);';

let database: TestDatabase;
let folder: URL;
let files = 0;

beforeAll(async () => {
  database = await emptyDatabase();
  folder = pathToFileURL(`${await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-migrations-'))}/`);
  await add(
    'create table people (id integer primary key, name text); insert into people values (1, $$Ada$$)',
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

/** Adds a migration and has everything applied; answers what was applied now. */
async function add(text: string): Promise<string[]> {
  files += 1;
  await writeFile(new URL(`${String(files).padStart(4, '0')}_file.sql`, folder), text);
  return migrate(database.sql, folder);
}

async function hasValidIndex(): Promise<boolean> {
  const rows =
    await database.sql`select from pg_index where indexrelid = to_regclass('people_by_name') and indisvalid`;
  return rows.length === 1;
}

it('a table that others hold is waited for, and nobody behind it waits long', async () => {
  const { sql } = database;
  const holder = await sql.reserve();
  await holder`begin`;
  await holder`select from people`;
  const migrating = add('alter table people add column born date');
  await until('the migration waits for the table', async () => {
    const rows = await sql`select from pg_locks where relation = 'people'::regclass and not granted`;
    return rows.length === 1;
  });
  const began = performance.now();
  expect(await sql`select name from people`).toEqual([{ name: 'Ada' }]);
  expect(performance.now() - began).toBeLessThan(4_000);
  await holder`commit`;
  holder.release();
  expect(await migrating).toEqual(['0002_file.sql']);
});

it('an index is built while somebody writes, and by one process when two begin', async () => {
  const { sql } = database;
  const writer = await sql.reserve();
  await writer`begin`;
  await writer`insert into people values (2, 'Grace')`;
  const building = add(BY_NAME);
  const other = migrate(sql, folder);
  await until('the build waits for whoever was writing', async () => {
    const rows = await sql`select from pg_stat_progress_create_index`;
    return rows.length === 1;
  });
  await sql`insert into people values (3, 'Mary')`;
  await writer`commit`;
  writer.release();
  expect((await Promise.all([building, other])).flat()).toEqual(['0003_file.sql']);
  expect(await hasValidIndex()).toBe(true);
});

it('an index whose build was stopped is built anew', async () => {
  const { sql } = database;
  await sql`delete from schema_migrations where name = '0003_file.sql'`;
  await sql`update pg_index set indisvalid = false where indexrelid = 'people_by_name'::regclass`;
  expect(await migrate(sql, folder)).toEqual(['0003_file.sql']);
  expect(await hasValidIndex()).toBe(true);
});

it('what runs without a transaction is one index, and nothing else', async () => {
  await expect(add('-- concurrently\nvacuum people;')).rejects.toMatchObject({ name: 'MigrationWrong' });
});
