import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decided } from '../../src/audit/decided.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { policiesOf } from '../../src/auth/declared-policies.js';
import { only } from '../../src/db/sql.js';
import { table } from '../api/route-table.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { type Caller, callers, type Kind, pages } from './page-policies.js';

vi.setConfig({ testTimeout: 60_000 });

const SITE_URL = 'https://wearables.example';
const TEMPORAL_UI_URL = 'https://temporal.example';
/** With every route that only some installations have. */
const WITH_EVERYTHING = {
  ...{ SITE_URL, TEMPORAL_UI_URL, RATE_LIMIT_FACTOR: '1000' },
  TEMPORAL_PAYLOAD_KEYS: 'a key of this test and of nothing else',
};
const accounts: Readonly<Record<Exclude<Caller, 'nobody'>, string>> = {
  patient: 'll_patient_peter@example.com',
  viewer: 'viewer_victor@example.com',
  member: 'member_megan@example.com',
  manager: 'manager_mary@example.com',
  operator: 'admin@example.com',
};

let database: TestDatabase;
let server: ReturnType<typeof serverAlone>['server'];
const cookies = new Map<Caller, string>();
beforeAll(async () => {
  database = await seededDatabase();
  server = serverAlone(database.sql, database.url, WITH_EVERYTHING).server;
  for (const caller of callers) if (caller !== 'nobody') cookies.set(caller, await session(accounts[caller]));
});
afterAll(async () => {
  await database.drop();
});

async function session(email: string): Promise<string> {
  const id = newToken();
  only(
    await database.sql`
      insert into sessions (id_hash, user_id, csrf, expires_at)
      select ${hashToken(id)}, id, ${newToken()}, now() + interval '1 hour' from users where email = ${email}
      returning id_hash`,
  );
  return `__Host-session=${id}`;
}

const ofApi = () => Object.keys(table).map((route) => route.replaceAll(/\{(\w+)\}/g, ':$1'));
const ofPages = pages.flatMap(({ routes }) => routes);

describe('every route there is, of API and pages', () => {
  it('has one policy, and a row in one of the two tables of who may ask', () => {
    const policies = policiesOf(server.routes);
    // By any other method the API refuses everybody.
    const asked = [...policies.keys()].filter((route) => !/^ALL \/(?!admin)/.test(route));
    expect(asked.sort()).toEqual([...ofApi(), ...ofPages].sort());
    for (const { policy, routes } of pages)
      for (const route of routes) expect({ route, policy: policies.get(route) }).toEqual({ route, policy });
  });

  it('has a decision about what is recorded of it', () => {
    const routes = [...policiesOf(server.routes).keys()].filter((route) => !route.startsWith('ALL '));
    expect(routes.sort()).toEqual(Object.keys(decided).sort());
  });
});

describe('who is let in', () => {
  it.each(pages.flatMap(({ routes, answers }) => routes.map((route) => [route, answers] as const)))(
    '%s',
    async (route, answers) => {
      const kinds: Kind[] = [];
      for (const caller of callers) kinds.push(await kindOf(route, caller));
      expect(Object.fromEntries(callers.map((caller, index) => [caller, kinds[index]]))).toEqual(
        Object.fromEntries(callers.map((caller, index) => [caller, answers[index]])),
      );
    },
  );
});

/** Asks as this caller; of a form nothing is posted, not even the anti-forgery value, so that it changes nothing. */
async function kindOf(route: string, caller: Caller): Promise<Kind> {
  const [asked = '', pattern = ''] = route.split(' ');
  const method = asked === 'ALL' ? 'GET' : asked;
  const path = pattern
    .replace(':provider{', 'oura{')
    .replaceAll(/:\w+/g, '1')
    .replaceAll(/\{[^}]*\}+/g, '')
    .replace('*', 'nowhere');
  const answer = await server.request(`${SITE_URL}${path}`, {
    method,
    headers: {
      origin: path.startsWith('/temporal/') ? TEMPORAL_UI_URL : SITE_URL,
      cookie: cookies.get(caller) ?? '',
    },
  });
  const text = await answer.text();
  expect(answer.status, `${route}, ${caller}`).not.toBe(500);
  if (answer.headers.get('location') === '/admin/sign-in') return 'to the sign-in';
  if (/You are signed out|Sign in as an operator first/.test(text)) return 'signed out';
  return text.includes('Your role does not allow this') ? 'not allowed' : 'admitted';
}
