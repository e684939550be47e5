import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hashPassword } from '../../src/auth/passwords.js';
import { hashToken } from '../../src/auth/tokens.js';
import { findPractitioner, retirePractitioner } from '../../src/db/accounts.js';
import { setPassword } from '../../src/db/credentials.js';
import { giveRole, removeMember } from '../../src/db/organization-members.js';
import { createSession } from '../../src/db/sessions.js';
import { seededDatabase, SEEDED_HASH, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { StaffBrowser } from '../helpers/staff-browser.js';

const MEGAN = 10003;
const EMAIL = 'member_megan@example.com';
const PASSWORD = 'a long walk by the river';
const SITE = 'https://wearables.example';

let database: TestDatabase;
let alone: ReturnType<typeof serverAlone>;
let passwordHash: string;
beforeAll(async () => {
  database = await seededDatabase();
  alone = serverAlone(database.sql, database.url, { SITE_URL: SITE, RATE_LIMIT_FACTOR: '1000' });
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(async () => {
  await database.drop();
});

let megan: StaffBrowser;
beforeEach(async () => {
  await setPassword(database.sql, { userId: MEGAN, passwordHash: SEEDED_HASH });
  await setPassword(database.sql, { userId: MEGAN, passwordHash });
  megan = await signedIn();
});

async function signedIn(password = PASSWORD): Promise<StaffBrowser> {
  const browser = new StaffBrowser(alone);
  expect((await browser.signIn(EMAIL, password)).status).toBe(303);
  return browser;
}

const ids = async () => database.sql<{ id: string }[]>`select encode(id_hash, 'hex') as id from sessions`;

it('the cookie is bound to the host: __Host-, Secure, HttpOnly, Path=/, no Domain, SameSite=Lax', async () => {
  const answer = await new StaffBrowser(alone).signIn(EMAIL, PASSWORD);
  const [cookie = '', ...others] = answer.headers.getSetCookie();
  expect(others).toEqual([]);
  const [pair = '', ...attributes] = cookie.split('; ');
  expect(pair).toMatch(/^__Host-session=[A-Za-z0-9]{43}$/);
  expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
});

it('the database knows a session by its hash alone', async () => {
  const id = await megan.session();
  expect(await ids()).toEqual([{ id: hashToken(id).toString('hex') }]);
  const [row] = await database.sql<{ text: string }[]>`select s::text as text from sessions s`;
  expect(row?.text).not.toContain(id);
});

it('a session that nobody used for an hour is over, one used meanwhile is not', async () => {
  await database.sql`update sessions set seen_at = now() - interval '59 minutes'`;
  expect(await megan.isSignedIn()).toBe(true);
  await database.sql`update sessions set seen_at = now() - interval '59 minutes'`;
  expect(await megan.isSignedIn()).toBe(true);
  await database.sql`update sessions set seen_at = now() - interval '60 minutes'`;
  expect(await megan.isSignedIn()).toBe(false);
});

it('a session is over after twelve hours, however much it is used', async () => {
  const [limit] = await database.sql<{ hours: number }[]>`
    select extract(epoch from expires_at - created_at)::float8 / 3600 as hours from sessions`;
  expect(limit?.hours).toBe(12);
  await database.sql`update sessions set expires_at = now() - interval '1 second', seen_at = now()`;
  expect(await megan.isSignedIn()).toBe(false);
});

it('a cookie that was planted before the sign-in is not kept', async () => {
  const planted = 'A'.repeat(43);
  const victim = new StaffBrowser(alone);
  await victim.jar.setCookie(`__Host-session=${planted}; Path=/; Secure`, SITE);
  await victim.signIn(EMAIL, PASSWORD);
  expect(await victim.session()).not.toBe(planted);
  const attacker = new StaffBrowser(alone);
  await attacker.jar.setCookie(`__Host-session=${planted}; Path=/; Secure`, SITE);
  expect(await attacker.isSignedIn()).toBe(false);
});

it('a sign-in gives a new id, and the one this browser had opens nothing any more', async () => {
  const before = await megan.session();
  await megan.signIn(EMAIL, PASSWORD);
  expect(await megan.session()).not.toBe(before);
  expect(await ids()).toEqual([{ id: hashToken(await megan.session()).toString('hex') }]);
});

it.each([
  ['another role', async () => giveRole(database.sql, 20001, MEGAN, 'manager')],
  ['a role elsewhere', async () => giveRole(database.sql, 20002, MEGAN, 'viewer')],
  ['a role taken away', async () => removeMember(database.sql, 20001, MEGAN)],
  ['becoming an operator', async () => setOperator(true)],
  ['being one no more', async () => setOperator(false)],
  ['another password', async () => setPassword(database.sql, { userId: MEGAN, passwordHash: SEEDED_HASH })],
])('%s signs out everywhere, at once', async (_change, change) => {
  const elsewhere = await signedIn();
  await change();
  expect(await megan.isSignedIn()).toBe(false);
  expect(await elsewhere.isSignedIn()).toBe(false);
  expect(await ids()).toEqual([]);
});

async function setOperator(is: boolean): Promise<void> {
  await database.sql`update users set is_superuser = ${is} where id = ${MEGAN}`;
}

it('what changes no right ends nothing: the same role again, another name, the role of somebody else', async () => {
  await giveRole(database.sql, 20003, MEGAN, 'member');
  megan = await signedIn();
  await giveRole(database.sql, 20003, MEGAN, 'member');
  await database.sql`update users set name_given = 'Megan' where id = ${MEGAN}`;
  await giveRole(database.sql, 20003, 10004, 'member');
  expect(await megan.isSignedIn()).toBe(true);
});

it('a password that was checked just before it changed opens nothing', async () => {
  const session = { idHash: hashToken('late'), csrf: 'x', lifetimeMinutes: 60, userId: MEGAN };
  expect(await createSession(database.sql, { ...session, passwordHash: SEEDED_HASH })).toBe(false);
  expect(await createSession(database.sql, { ...session, passwordHash })).toBe(true);
});

it('sign out everywhere ends all sessions, with the anti-forgery value only', async () => {
  const elsewhere = await signedIn();
  const path = '/admin/account/sign-out-everywhere';
  expect((await megan.post(path, {})).status).toBe(403);
  expect(await elsewhere.isSignedIn()).toBe(true);
  const out = await megan.submit('/admin/account', path);
  expect(out.headers.get('location')).toBe('/admin/sign-in');
  expect(await megan.session()).toBe('');
  expect([await megan.isSignedIn(), await elsewhere.isSignedIn()]).toEqual([false, false]);
});

it('a retired practitioner is out, and cannot come in again', async () => {
  const { createPractitioner } = await import('../../src/db/accounts.js');
  const email = 'leaves@example.com';
  const userId = await createPractitioner(database.sql, {
    ...{ email, nameFamily: 'L', nameGiven: 'L', organizationId: 20001 },
  });
  if (userId === undefined) throw new Error('not made');
  await setPassword(database.sql, { userId, passwordHash });
  const browser = new StaffBrowser(alone);
  await browser.signIn(email, PASSWORD);
  expect(await browser.isSignedIn()).toBe(true);
  await retirePractitioner(database.sql, userId);
  expect(await findPractitioner(database.sql, userId)).toBeDefined();
  expect(await browser.isSignedIn()).toBe(false);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(401);
});
