import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { commandGiven } from '../helpers/command.js';
import { emptyDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';

vi.setConfig({ testTimeout: 60_000 });

const OPERATOR = 'olga@example.org';
const created = z.string().transform((text) => z.object({ id: z.int() }).parse(JSON.parse(text)));

let database: TestDatabase;
let alone: ReturnType<typeof serverAlone>;
beforeAll(async () => {
  database = await emptyDatabase();
  alone = serverAlone(database.sql, database.url);
});
afterAll(async () => {
  await alone.reading.close();
  await database.drop();
});

async function run(input: string, ...words: readonly string[]): Promise<string> {
  const environment = {
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:1' },
    SECRET_KEY: 'a key of this first installation alone',
  };
  const { code, lines, errors } = await commandGiven(input, { environment }, ...words);
  expect(errors).toBe('');
  expect(code).toBe(0);
  return lines.at(-1) ?? '';
}

it('an empty database becomes an installation with an operator, an organization and a study, and no demonstration', async () => {
  await run('', 'migrate');
  await run('', 'seed', '--catalog');
  await run('', 'seed', '--catalog');
  const account = ['--email', OPERATOR, '--given', 'Olga', '--family', 'Ott'];
  await run('', 'user', 'add', ...account, '--operator');
  await run('violet-otter-crosses-1947', 'user', 'password', OPERATOR);
  const token = await run('', 'token', 'create', '--user', OPERATOR, '--access', 'write');

  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await alone.server.request(`/api/v1/${path}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    expect(answer.status, path).toBeLessThan(300);
    return answer.text();
  };
  const organization = created.parse(await post('organizations', { name: 'Heart Clinic', type: 'prov' }));
  const study = created.parse(
    await post('studies', { name: 'Hearts', description: 'At rest', organization: organization.id }),
  );
  const named = async (table: string, column: string, value: string) => {
    const rows = await database.sql<{ id: number }[]>`
      select id from ${database.sql(table)} where ${database.sql(column)} = ${value}`;
    expect(rows, value).toHaveLength(1);
    return rows[0]?.id;
  };
  await post(`studies/${study.id}/scope_requests`, {
    scopeCodeId: await named('codeable_concepts', 'code', 'omh:heart-rate:2.0'),
  });
  await post(`studies/${study.id}/data_sources`, {
    dataSourceId: await named('data_sources', 'provider', 'oura'),
  });
  await named('clients', 'client_id', 'ow-client');
  const people = await database.sql<{ email: string }[]>`select email from users`;
  expect(people).toEqual([{ email: OPERATOR }]);
});
