import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../../src/auth/passwords.js';
import { setPassword } from '../../src/db/credentials.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { redirectTricks } from './redirect-tricks.js';

const SITE_URL = 'https://wearables.example';
const NAMES = ['next', 'redirect_uri', 'return_to', 'url', 'continue', 'link', 'to'];
const credentials = { email: 'member_megan@example.com', password: 'a long walk by the river' };

let database: TestDatabase;
let server: ReturnType<typeof serverAlone>['server'];
beforeAll(async () => {
  database = await seededDatabase();
  server = serverAlone(database.sql, database.url, { SITE_URL, RATE_LIMIT_FACTOR: '1000' }).server;
  await setPassword(database.sql, { userId: 10003, passwordHash: await hashPassword(credentials.password) });
});
afterAll(async () => {
  await database.drop();
});

async function locationOf(path: string, form?: Readonly<Record<string, string>>): Promise<string | null> {
  const answer = await server.request(
    `${SITE_URL}${path}`,
    form && { method: 'POST', body: new URLSearchParams(form), headers: { origin: SITE_URL } },
  );
  await answer.body?.cancel();
  return answer.headers.get('location');
}

/** A path of ours, whoever reads it: no second slash, backslash or line end that a browser takes for another host. */
function expectOwnPath(location: string | null, asked: string): void {
  if (location === null) return;
  expect(location, asked).toMatch(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/);
  expect(new URL(location, SITE_URL).origin, asked).toBe(SITE_URL);
}

it('signing in leads home, whatever the address or the form asks for', async () => {
  for (const trick of redirectTricks.filter((_, at) => at % 6 === 0)) {
    const query = new URLSearchParams(Object.fromEntries(NAMES.map((name) => [name, trick])));
    const form = { ...credentials, ...Object.fromEntries(query) };
    expect(await locationOf(`/admin/sign-in?${query.toString()}`, form), trick).toBe('/admin/');
  }
});

it.each(redirectTricks)('%j in a query or a path redirects to no other site', async (trick) => {
  const query = new URLSearchParams(Object.fromEntries(NAMES.map((name) => [name, trick]))).toString();
  const raw = encodeURI(trick);
  const reads = ['/', '/admin/', '/ow', '/ow/', '/ow/complete', '/ow/return/x', '/ow/redeem', '/clients/ow'];
  const twins = ['/clients/ow/', '/clients/ow/launch', '/clients/ow/complete', '/clients/ow/manage'];
  for (const path of [...reads, ...twins, '/api/v1/oauth/oura/callback', '/api/schema/swagger-ui'])
    for (const asked of [`${path}?${query}`, `${path}?${raw.replaceAll('#', '%23')}`, `${path}${raw}`])
      expectOwnPath(await locationOf(asked), asked);
});

it.each(redirectTricks)(
  'the switches of language and light lead back to where they stand: %j',
  async (trick) => {
    for (const start of ['/ow/', '/admin/', '/ow/fresh-link?to=']) {
      const asked = `${start}${encodeURI(trick)}`;
      expectOwnPath(await locationOf(asked, { theme: 'dark', next: trick, redirect_uri: trick }), asked);
    }
  },
);
