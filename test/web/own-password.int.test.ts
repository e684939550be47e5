import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hashPassword } from '../../src/auth/passwords.js';
import { setPassword } from '../../src/db/credentials.js';
import { seededDatabase, type TestDatabase } from '../helpers/database.js';
import { serverAlone } from '../helpers/server-alone.js';
import { StaffBrowser } from '../helpers/staff-browser.js';

const MEGAN = 10003;
const EMAIL = 'member_megan@example.com';
const PASSWORD = 'a long walk by the river';
const FRESH = 'seven otters, one kayak';

let database: TestDatabase;
let alone: ReturnType<typeof serverAlone>;
let passwordHash: string;
beforeAll(async () => {
  database = await seededDatabase();
  alone = serverAlone(database.sql, database.url);
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(async () => {
  await database.drop();
});

let megan: StaffBrowser;
beforeEach(async () => {
  await database.sql`delete from rate_limits`;
  await database.sql`delete from sessions`;
  await setPassword(database.sql, { userId: MEGAN, passwordHash });
  megan = new StaffBrowser(alone);
  await megan.signIn(EMAIL, PASSWORD);
});

const change = async (form: Readonly<Record<string, string>>, browser = megan) =>
  browser.submit('/admin/account', '/admin/account/password', {
    ...{ current: PASSWORD, password: FRESH, again: FRESH },
    ...form,
  });

it('the new password holds from now on, all other sessions end, and this one has a new id', async () => {
  const elsewhere = new StaffBrowser(alone);
  await elsewhere.signIn(EMAIL, PASSWORD);
  const before = await megan.session();
  const answer = await change({});
  expect(answer.headers.get('location')).toBe('/admin/account?done=password');
  expect(await (await megan.get('/admin/account?done=password')).text()).toContain(
    'You have a new password.',
  );
  expect(await megan.session()).not.toBe(before);
  expect(await elsewhere.isSignedIn()).toBe(false);
  expect((await elsewhere.signIn(EMAIL, PASSWORD)).status).toBe(401);
  expect((await elsewhere.signIn(EMAIL, FRESH)).status).toBe(303);
});

it.each([
  [{ current: 'not it at all' }, 'This is not your password.'],
  [{ current: '' }, 'This is not your password.'],
  [{ password: 'short', again: 'short' }, 'At least 12 characters.'],
  [{ password: 'Password2026!', again: 'Password2026!' }, 'Too many people use this password'],
  [{ password: 'member_megan of 20003', again: 'member_megan of 20003' }, 'e-mail name'],
  [{ again: 'seven otters, two kayaks' }, 'This is not the same.'],
])('what is wrong is told, and nothing changes: %j', async (wrong, says) => {
  const answer = await change(wrong);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain(says);
  for (const typed of [PASSWORD, FRESH, ...Object.values(wrong)].filter((text) => text !== ''))
    expect(page).not.toContain(`value="${typed}"`);
  expect(await megan.isSignedIn()).toBe(true);
  expect((await new StaffBrowser(alone).signIn(EMAIL, PASSWORD)).status).toBe(303);
});

it('whoever finds an open browser cannot guess the password there', async () => {
  const guess = async () => (await change({ current: 'a guess' })).status;
  for (let tries = 0; tries < 10; tries += 1) expect(await guess()).toBe(422);
  expect(await guess()).toBe(429);
  expect((await new StaffBrowser(alone).signIn(EMAIL, PASSWORD)).status).toBe(303);
});

it('the page lists the sessions of this account and no other', async () => {
  const elsewhere = new StaffBrowser(alone);
  await elsewhere.signIn(EMAIL, PASSWORD);
  await setPassword(database.sql, { userId: 10002, passwordHash });
  await new StaffBrowser(alone).signIn('manager_mary@example.com', PASSWORD);
  const page = await (await megan.get('/admin/account')).text();
  expect(page.match(/This one/g)).toHaveLength(1);
  expect(page.match(/Another one/g)).toHaveLength(1);
});
