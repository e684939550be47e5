import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';
import { invite, newPatient } from './stages.js';

let world: TestWorld;
const browsers = new Map<string, RawBrowser>();
beforeAll(async () => {
  world = await startTestWorld();
  const accounts = {
    operator: 'admin@example.com',
    manager: 'manager_mary@example.com',
    member: 'member_megan@example.com',
    viewer: 'viewer_victor@example.com',
    stranger: 'manager_mark@example.com',
  };
  for (const [who, email] of Object.entries(accounts))
    browsers.set(who, await RawBrowser.signIn(world, email, SEED_PASSWORD));
  browsers.set('patient', await RawBrowser.redeem(world, await invite(await newPatient(world))));
});
afterAll(async () => {
  await world.close();
});

const as = (who: string): RawBrowser => {
  const browser = browsers.get(who);
  if (browser === undefined) throw new Error(`nobody is called ${who}`);
  return browser;
};

const PAGES = ['/admin/health', '/admin/health/backfill', '/admin/dead-letters', '/admin/settings'];
const FORMS = [
  ['/admin/health/schedule', { do: 'pause' }],
  ['/admin/health/reconcile', {}],
  ['/admin/health/backfill', { patient: '40001', days: '30' }],
  ['/admin/health/backfill/steer', { patient: '40001', do: 'cancel' }],
  ['/admin/dead-letters', { id: '1', do: 'retry' }],
  ['/admin/dead-letters/retry', { reason: 'bad-time' }],
  ['/admin/dead-letters/discard', { reason: 'bad-time', note: 'no' }],
  ['/admin/dead-letters/1/original', {}],
  ['/admin/settings', { 'ow.lookback_hours': '48' }],
] as const;

describe.each(['manager', 'member', 'viewer', 'stranger'])('a %s', (who) => {
  it.each(PAGES)('may not see %s', async (path) => {
    expect((await as(who).get(path)).status).toBe(403);
  });

  it.each(FORMS)('may not post to %s', async (path, form) => {
    const csrf = await as(who).csrf('/admin/');
    expect((await as(who).post(path, { csrf, ...form })).status).toBe(403);
  });

  it('sees who needs attention', async () => {
    expect((await as(who).get('/admin/attention')).status).toBe(200);
  });
});

it.each([...PAGES, '/admin/attention'])('a patient is sent away from %s', async (path) => {
  expect((await as('patient').get(path)).status).toBe(303);
});

it.each(FORMS)('a patient cannot post to %s', async (path, form) => {
  expect((await as('patient').post(path, form)).status).toBe(303);
});

it('nothing of it was done', async () => {
  const { sql, oversight } = world.app;
  expect((await oversight.schedules()).every(({ state }) => state === 'on')).toBe(true);
  expect(await sql`select 1 from setting_changes where key = 'ow.lookback_hours'`).toEqual([]);
  expect(await sql`select 1 from dead_letter_views`).toEqual([]);
});

it.each(FORMS)(
  'a form that is not of our own page does nothing at %s, even for an operator',
  async (path, form) => {
    expect((await as('operator').post(path, { csrf: 'guessed', ...form })).status).toBe(403);
  },
);

it.each([...PAGES, '/admin/attention'])('an operator sees %s, and it is kept by no cache', async (path) => {
  const answer = await as('operator').get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('what an operator asks for in vain is told as such', async () => {
  const operator = as('operator');
  const csrf = await operator.csrf('/admin/health');
  for (const [path, form] of [
    ['/admin/health/schedule', { do: 'explode' }],
    ['/admin/health/backfill/steer', { patient: 'x', do: 'cancel' }],
    ['/admin/dead-letters/discard', { reason: 'bad-time', note: 'nothing waits' }],
    ['/admin/dead-letters/99/original', {}],
  ] as const) {
    const answer = await operator.post(path, { csrf, ...form });
    expect([200, 404], path).toContain(answer.status);
  }
  for (const path of ['/admin/dead-letters/99', '/admin/dead-letters/x', '/admin/dead-letters/discard?id=99'])
    expect((await operator.get(path)).status, path).toBe(404);
});
