import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
let megan: RawBrowser;
let csrf = '';
const signIn = async (email: string) => RawBrowser.signIn(world, `${email}@example.com`, SEED_PASSWORD);
beforeAll(async () => {
  world = await startTestWorld();
  megan = await signIn('member_megan');
  csrf = await megan.csrf('/admin/tokens');
});
afterAll(async () => {
  await world.close();
});

const PAGE = '/admin/tokens';
const form = { name: 'Sleep notebook', access: 'read', days: '30' };

/** Makes a token; answers it as the page shows it. */
async function make(changed: Readonly<Record<string, string>> = {}): Promise<string> {
  const answer = await megan.post(PAGE, { csrf, ...form, ...changed });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const page = parse(await answer.text());
  return page.querySelector('#new-token')?.getAttribute('value') ?? '';
}

const api = async (token: string, path: string, request: RequestInit = {}) =>
  fetch(new URL(path, world.config.SITE_URL), {
    ...request,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
const shown = async (browser: RawBrowser) => (await browser.get(PAGE)).text();
const idOf = async (name: string) => {
  const [row] = await world.app.sql<{ id: number }[]>`select id from access_tokens where name = ${name}`;
  return row?.id ?? 0;
};

it('a token is shown once, kept as its hash, and opens the API as its maker', async () => {
  const token = await make();
  expect(token).toMatch(/^[A-Za-z0-9]{43}$/);
  expect(await shown(megan)).toContain('Sleep notebook');
  expect(await shown(megan)).not.toContain(token);
  const stored = await world.app.sql`select t::text from access_tokens t`;
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(world.logLines.join('')).not.toContain(token);
  const profile = await api(token, '/api/v1/users/profile');
  expect(await profile.json()).toMatchObject({ email: 'member_megan@example.com' });
});

it('a token that reads changes nothing; one that writes may what its maker may', async () => {
  const patient = { organizationId: 20003, telecomEmail: 'token@example.com' };
  const create = { method: 'POST', body: JSON.stringify(patient) };
  expect((await api(await make({ name: 'Reads' }), '/api/v1/patients', create)).status).toBe(403);
  const writes = await make({ name: 'Writes', access: 'write' });
  expect((await api(writes, '/api/v1/patients', create)).status).toBe(201);
});

it('it ends on the day that was chosen', async () => {
  const token = await make({ name: 'Short', days: '7' });
  const [row] = await world.app.sql<{ days: number }[]>`
    select extract(day from expires_at - created_at)::integer as days from access_tokens where name = 'Short'`;
  expect(row?.days).toBe(7);
  await world.app.sql`update access_tokens set expires_at = now() where name = 'Short'`;
  expect((await api(token, '/api/v1/users/profile')).status).toBe(401);
  expect(await shown(megan)).not.toContain('Short');
});

it('revoking asks once more, then ends it at once', async () => {
  const token = await make({ name: 'Lost laptop' });
  const path = `${PAGE}/${await idOf('Lost laptop')}/revoke`;
  expect(await (await megan.get(path)).text()).toContain('Lost laptop');
  expect((await api(token, '/api/v1/users/profile')).status).toBe(200);
  expect((await megan.post(path, { csrf })).headers.get('location')).toBe(`${PAGE}?done=revoked`);
  expect((await api(token, '/api/v1/users/profile')).status).toBe(401);
  expect(await shown(megan)).not.toContain('Lost laptop');
  expect((await megan.post(path, { csrf })).status).toBe(404);
});

it('making and revoking are told by log and metric, without the token or its name', async () => {
  const token = await make({ name: 'Counted', access: 'write', days: '7' });
  const id = await idOf('Counted');
  await megan.post(`${PAGE}/${id}/revoke`, { csrf });
  const told = world.logLines.filter((line) => line.includes('"access token ')).slice(-2);
  expect(told.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ event: 'access token made', userId: 10003, access: 'write', validDays: 7 }),
    expect.objectContaining({ event: 'access token revoked', userId: 10003, tokenId: id }),
  ]);
  expect(told.join()).not.toMatch(new RegExp(`${token}|Counted`));
  const metrics = await world.app.metrics.metrics();
  for (const outcome of ['made', 'revoked'])
    expect(metrics).toMatch(new RegExp(`access_tokens_total\\{outcome="${outcome}"\\} [1-9]`));
});

it('nobody sees or ends the tokens of somebody else, not even an operator', async () => {
  const token = await make({ name: 'Mine' });
  const path = `${PAGE}/${await idOf('Mine')}/revoke`;
  for (const who of ['manager_mary', 'viewer_victor', 'admin']) {
    const other = await signIn(who);
    expect(await shown(other), who).not.toContain('Mine');
    expect((await other.get(path)).status, who).toBe(404);
    expect((await other.post(path, { csrf: await other.csrf(PAGE) })).status, who).toBe(404);
  }
  expect((await api(token, '/api/v1/users/profile')).status).toBe(200);
});

it('a viewer has tokens, too, and they give no more than the viewer has', async () => {
  const victor = await signIn('viewer_victor');
  const made = await victor.post(PAGE, { csrf: await victor.csrf(PAGE), ...form, access: 'write' });
  const token =
    parse(await made.text())
      .querySelector('#new-token')
      ?.getAttribute('value') ?? '';
  expect((await api(token, '/api/v1/patients/40001')).status).toBe(200);
  expect((await api(token, '/api/v1/patients/40003')).status).toBe(403);
  const create = { method: 'POST', body: JSON.stringify({ organizationId: 20003, telecomEmail: 'v@x.org' }) };
  expect((await api(token, '/api/v1/patients', create)).status).toBe(403);
});

it.each([
  [{ name: ' ' }, 'Say what it is for.'],
  [{ name: 'x'.repeat(101) }, 'At most 100 letters.'],
  [{ days: '0' }, 'A number from 1 to 365.'],
  [{ days: '366' }, 'A number from 1 to 365.'],
  [{ access: 'everything' }, 'Choose one of the list.'],
])('what is wrong with a form is told: %j', async (wrong, says) => {
  const answer = await megan.post(PAGE, { csrf, ...form, ...wrong });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(says);
});
