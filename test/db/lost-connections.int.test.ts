import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { isDatabaseLost } from '../../src/db/lost.js';
import { inTransaction, openDatabase, type Sql } from '../../src/db/sql.js';
import { openLink, type Link } from '../chaos/proxy.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';

let database: TestDatabase;
let link: Link;
let sql: Sql;
beforeAll(async () => {
  database = await emptyDatabase();
  const url = new URL(database.url);
  link = await openLink(Number(url.port));
  url.host = `127.0.0.1:${link.port}`;
  sql = openDatabase(url.toString(), 2);
  await database.sql`create table kept (number integer)`;
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await link.close();
  await database.drop();
});

type Ending = 'answered' | 'lost' | 'never' | 'answered nothing' | 'failed';

async function endingOf(statement: Promise<readonly unknown[]>, patienceMs = 5_000): Promise<Ending> {
  return Promise.race([
    statement.then(
      ({ length }) => (length === 1 ? 'answered' : 'answered nothing'),
      (thrown: unknown) => (isDatabaseLost(thrown) ? 'lost' : 'failed'),
    ),
    pause(patienceMs, 'never' as const),
  ]);
}

/** Breaks what is connected and rests, and sends once, so many turns of the event loop later. */
async function sentWhileBreaking(turns: number, send: () => Promise<readonly unknown[]>): Promise<Ending> {
  await until('it is connected', async () => (await endingOf(sql`select 1`)) === 'answered');
  const broken = link.set({ kind: 'refuse' });
  for (let turn = 0; turn < turns; turn += 1) await nextTurn();
  const ending = endingOf(send());
  await broken;
  await link.set(null);
  return ending;
}

const MOMENTS = Array.from({ length: 20 }, (_, turns) => turns);
const keep = (through: Sql) => through`insert into kept values (1) returning number`;

it.each([
  ['a statement', () => keep(sql)],
  ['a transaction', () => inTransaction(sql, keep)],
])(
  '%s sent while its connection breaks is done or lost, in whatever moment: never dropped',
  async (_, send) => {
    const endings: Ending[] = [];
    for (const turns of MOMENTS) endings.push(await sentWhileBreaking(turns, send));
    const done = endings.filter((ending) => ending === 'answered');
    expect(endings.filter((ending) => ending !== 'answered' && ending !== 'lost')).toEqual([]);
    expect(endings).toContain('lost');
    const kept = await database.sql`delete from kept returning number`;
    expect(kept.length).toBeGreaterThanOrEqual(done.length);
  },
);

it('where somebody takes connections and ends them at once, a statement is told that the database is lost', async () => {
  const door = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as AddressInfo;
  const nowhere = openDatabase(`postgres://nobody@127.0.0.1:${port}/none`, 1);
  expect(await endingOf(nowhere`select 1`, 12_000)).toBe('lost');
  await nowhere.end({ timeout: 1 });
  door.close();
});

it('and all is well on connections that are opened afterwards', async () => {
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
});
