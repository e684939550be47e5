import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { freePort } from '../../dev/servers/ports.js';
import { isDatabaseLost } from '../../src/db/lost.js';
import { openDatabase } from '../../src/db/sql.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(async () => {
  await database.drop();
});

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => undefined).catch((thrown: unknown) => thrown);

it('a statement whose connection is ended by the server has lost the database', async () => {
  const sql = openDatabase(database.url, 1);
  const thrown = thrownBy(sql`select pg_sleep(60)`);
  const end = () => database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'select pg_sleep%'`;
  await until('the statement runs, and is ended', async () => (await end()).length === 1);
  expect(isDatabaseLost(await thrown)).toBe(true);
  await sql.end({ timeout: 1 });
});

it('so has one that finds no server, or a pool that is closed', async () => {
  const port = await freePort();
  const nowhere = openDatabase(`postgres://nobody@127.0.0.1:${port}/none`, 1);
  expect(isDatabaseLost(await thrownBy(nowhere`select 1`))).toBe(true);
  await nowhere.end();
  expect(isDatabaseLost(await thrownBy(nowhere`select 1`))).toBe(true);
});

it('a statement that is wrong, or breaks a rule, has not', async () => {
  expect(isDatabaseLost(await thrownBy(database.sql`select * from nothing`))).toBe(false);
  expect(isDatabaseLost(await thrownBy(database.sql`select 1 / 0`))).toBe(false);
});
