import { z } from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiReader } from '../helpers/api-reader.js';
import { CLINIC, makeClinic } from '../helpers/clinic.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { pageRead, searches } from '../helpers/searches.js';
import { readIndexes, scannedTables, statementsOf } from '../helpers/statements.js';

/** Large enough that a plan of Postgres is that of a large one; `npm run bench -- search` has the large one. */
const SIZE = { patients: 120, days: 98, heartRatesADay: 27 };

const counted = z.object({ count: z.int(), next: z.string().nullable() });

let database: TestDatabase;
let reader: Awaited<ReturnType<typeof apiReader>>;
let addresses: ReturnType<typeof searches>;
beforeAll(async () => {
  database = await seededDatabase();
  const patients = await makeClinic(database.sql, SIZE);
  reader = await apiReader(database.sql, database.url);
  addresses = searches(patients, 200);
}, 180_000);
afterAll(async () => {
  await reader.close();
  await database.drop();
});

/** The statements behind a page, and where the next one is. */
async function statementsBehind(address: string) {
  let body: unknown;
  const statements = await statementsOf([database.sql, reader.reading.sql], async () => {
    ({ body } = await reader.read(address));
  });
  return { statements, ...pageRead(body) };
}

it('no search reads the observations from end to end, nor sorts all of a patient by when they changed', async () => {
  for (const [name, [first = '']] of Object.entries(addresses)) {
    const page = await statementsBehind(first);
    const following = await statementsBehind(page.next ?? '');
    expect([page.rows, following.rows], name).toEqual([200, 200]);
    const index = /^list|changed/.test(name) ? 'observations_by_change' : 'observations_by_time';
    for (const { statements } of [page, following]) {
      const reading = statements.filter(({ text }) => text.includes('first as materialized'));
      expect(reading, name).toHaveLength(1);
      for (const statement of reading)
        expect(await readIndexes(database.sql, statement), name).toContain(index);
      for (const statement of statements)
        expect(await scannedTables(database.sql, statement), `${name}: ${statement.text}`).not.toContain(
          'observations',
        );
    }
  }
}, 60_000);

it('a list of very many tells that there are at least so many, and goes on to the next page', async () => {
  const at = (page: number) => `/api/v1/observations?studyId=${CLINIC.studyId}&pageSize=1000&page=${page}`;
  const told = async (page: number) => counted.parse((await reader.read(at(page))).body);
  expect(await told(1)).toMatchObject({ count: 100_001, next: expect.stringContaining('page=2') as string });
  expect(await told(102)).toMatchObject({
    count: 102_001,
    next: expect.stringContaining('page=103') as string,
  });
  const [{ all } = { all: 0 }] = await database.sql<
    { all: number }[]
  >`select count(*) as all from observations`;
  const last = await told(Math.ceil(all / 1000));
  expect(last).toEqual({ count: all, next: null });
}, 60_000);
