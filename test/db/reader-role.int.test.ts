import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.js';
import { migrationsFolder } from '../../src/db/migrations-folder.js';
import { missingForReading } from '../../src/db/reading-rights.js';
import { onBehalfOf, openReading } from '../../src/db/reading.js';
import { seed } from '../../src/db/seed/seed.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';

const MEMBER_MEGAN = 10003;
const login = `login_${randomBytes(6).toString('hex')}`;

let database: TestDatabase;
let url: string;
let sql: Sql;
beforeAll(async () => {
  database = await emptyDatabase();
  // Made by whichever test comes first, since roles belong to the cluster.
  await migrate(database.sql, migrationsFolder());
  await database.sql`drop schema public cascade`;
  await database.sql.unsafe(`create role ${login} login password 'secret'`);
  await database.sql.unsafe(`create schema public authorization ${login}`);
  url = Object.assign(new URL(database.url), { username: login, password: 'secret' }).toString();
  sql = openDatabase(url, 2);
});
afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database.sql.unsafe(`drop owned by ${login} cascade`);
  await database.sql.unsafe(`drop role ${login}`);
  await database.drop();
});

it('a login that may not grant the role to itself is told what an administrator has to run', async () => {
  const asked = openDatabase(url, 1);
  await expect(migrate(asked, migrationsFolder())).rejects.toMatchObject({
    code: '42501',
    hint: expect.stringContaining(`grant wearable_exchange_reader to ${login}`) as string,
  });
  await asked.end({ timeout: 5 });
  expect(await missingForReading(sql)).toBe(`grant wearable_exchange_reader to ${login};`);
});

it('a login that is no superuser reads behind the wall once it has the role', async () => {
  await database.sql.unsafe(`grant wearable_exchange_reader to ${login}`);
  expect(await missingForReading(sql)).toBeUndefined();
  await migrate(sql, migrationsFolder());
  await seed(sql, { siteUrl: 'http://localhost:8001', passwordHash: 'nobody signs in' });
  const reading = openReading(url, 1);
  const patients = async () => (await reading.sql`select from patients`).count;
  expect(await onBehalfOf(MEMBER_MEGAN, patients)).toBe(2);
  expect(await patients()).toBe(0);
  await reading.close();
});
