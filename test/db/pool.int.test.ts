import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { openDatabase, type Sql } from '../../src/db/sql.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await emptyDatabase();
  sql = openDatabase(database.url, 2);
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

const backend = async () => (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid;

it('of many statements at once each is answered its own, over no more connections than there may be', async () => {
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  const rows = await Promise.all(
    numbers.map((number) => sql<Row[]>`select ${number}::integer as number, pg_backend_pid() as pid`),
  );
  expect(rows.map(([row]) => row?.number)).toEqual(numbers);
  expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(2);
});
interface Row {
  readonly number: number;
  readonly pid: number;
}

it('who waits for a connection gets a new one when all were lost', async () => {
  const asleep = ['one', 'two'].map((name) => sql`select pg_sleep(60), ${name}::text`);
  const lost = Promise.allSettled(asleep);
  const waiting = backend();
  const end = () => database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'select pg_sleep%'`;
  await until('both run, and are ended', async () => (await end()).length === 2);
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await waiting).toBeGreaterThan(0);
});

it('a connection that is kept is nobody else’s until it is given back', async () => {
  const kept = await sql.reserve();
  const [own] = await kept<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const others = new Set(await Promise.all(Array.from({ length: 20 }, backend)));
  expect(others).not.toContain(own?.pid);
  kept.release();
  expect(new Set(await Promise.all(Array.from({ length: 20 }, backend)))).toContain(own?.pid);
});

it('an error tells where its statement was made', async () => {
  const thrown = await sql`select 1 / 0`.then(undefined, (error: unknown) => error);
  expect(thrown instanceof Error && thrown.stack).toContain('pool.int.test');
});

it('who waits since all connections are in use is heard of, and nobody else', async () => {
  const waits: number[] = [];
  const small = openDatabase(database.url, 1, undefined, (ms) => waits.push(ms));
  await small`select 1`;
  expect(waits).toEqual([]);
  await Promise.all([small`select pg_sleep(0.2)`, small`select 1`]);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(150);
  await small.end({ timeout: 1 });
});
