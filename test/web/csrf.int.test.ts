import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { routesOf } from './header-rows.js';

const SITE_URL = 'https://wearables.example';
const OPERATOR = 10001;
const csrf = newToken();
const REFUSED = 'This form was not sent from our own page.';

let database: TestDatabase;
let server: ReturnType<typeof serverAlone>['server'];
let cookies: Readonly<Record<'operator' | 'patient', string>>;
beforeAll(async () => {
  database = await seededDatabase();
  server = serverAlone(database.sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '1000' }).server;
  const [patient] = await database.sql<
    { id: number }[]
  >`select user_id as id from patients order by id limit 1`;
  cookies = { operator: await session(OPERATOR), patient: await session(patient?.id ?? 0) };
});
afterAll(async () => {
  await database.drop();
});

async function session(userId: number): Promise<string> {
  const id = newToken();
  await database.sql`
    insert into sessions (id_hash, user_id, csrf, expires_at)
    values (${hashToken(id)}, ${userId}, ${csrf}, now() + interval '1 hour')`;
  return `__Host-session=${id}`;
}

/** Sends a form as the browser of whoever the route is for. */
async function post(
  path: string,
  headers: Readonly<Record<string, string>>,
  token: string,
): Promise<Response> {
  const cookie = path.startsWith('/ow') ? cookies.patient : cookies.operator;
  const url = `${SITE_URL}${path.replaceAll(/:\w+(\{[^}]*\}+)?/g, '1')}`;
  const body = new URLSearchParams({ csrf: token });
  return server.request(url, { method: 'POST', body, headers: { cookie, ...headers } });
}

/** Where forms of pages go; everything else wants a bearer token, which no browser adds by itself. */
const forms = () => routesOf(server).flatMap((route) => /^POST (\/(?:ow|admin)\/.*)/.exec(route)?.[1] ?? []);

const foreign: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no Origin': {},
  'another site': { origin: 'https://evil.example' },
  'an opaque origin': { origin: 'null' },
  'a sibling of our name': { origin: 'https://other.wearables.example' },
  'our name as a part': { origin: 'https://wearables.example.evil.example' },
  'our name without https': { origin: 'http://wearables.example' },
  'our name on another port': { origin: 'https://wearables.example:8443' },
  'several origins': { origin: `${SITE_URL}, https://evil.example` },
  'a browser that says: another site': { origin: SITE_URL, 'sec-fetch-site': 'cross-site' },
  'a browser that says: a sibling': { origin: SITE_URL, 'sec-fetch-site': 'same-site' },
  'a browser that says: nobody': { origin: SITE_URL, 'sec-fetch-site': 'none' },
};

describe('a form with the right anti-forgery value is refused on every route when it comes from', () => {
  it.each(Object.entries(foreign))('%s', async (_name, headers) => {
    expect(forms().length).toBeGreaterThan(30);
    for (const path of forms()) {
      const answer = await post(path, headers, csrf);
      expect({ path, status: answer.status, text: await answer.text() }).toEqual({
        ...{ path, status: 403, text: REFUSED },
      });
    }
  });
});

/** Where nobody is signed in yet, there is no value to know; signing out with a wrong one changes nothing. */
const WITHOUT_VALUE = ['/ow/', '/ow/redeem', '/ow/fresh-link', '/admin/sign-in', '/admin/sign-out'];

it('a form of our own origin is refused on every route without the anti-forgery value of this session', async () => {
  const guarded = forms().filter((path) => !WITHOUT_VALUE.includes(path));
  expect(guarded.length).toBe(forms().length - WITHOUT_VALUE.length);
  for (const wrong of ['', newToken(), `${csrf}x`, csrf.toLowerCase()])
    for (const path of guarded)
      expect({ path, status: (await post(path, { origin: SITE_URL }, wrong)).status }).toEqual({
        path,
        status: 403,
      });
  await post('/admin/sign-out', { origin: SITE_URL }, newToken());
  const [alive] = await database.sql<{ count: number }[]>`select count(*) from sessions`;
  expect(alive?.count).toBe(2);
});

it('a cookie opens nothing of the API: not with our own origin either', async () => {
  const writing = routesOf(server).filter((route) =>
    /^(POST|PUT|PATCH|DELETE) \/(api\/v1|FHIR)\//.test(route),
  );
  for (const route of writing.filter((each) => !/invitation\/|ow\/webhooks/.test(each))) {
    const [method = '', path = ''] = route.split(' ');
    const answer = await server.request(`${SITE_URL}${path.replaceAll(/:\w+(\{[^}]*\}+)?/g, '1')}`, {
      ...{ method, body: '{}' },
      headers: { cookie: cookies.operator, origin: SITE_URL, 'content-type': 'application/json' },
    });
    expect({ route, status: answer.status }).toEqual({ route, status: 401 });
  }
});
