import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
let megan: RawBrowser;
beforeAll(async () => {
  world = await startTestWorld();
  megan = await RawBrowser.signIn(world, 'member_megan@example.com', SEED_PASSWORD);
});
afterAll(async () => {
  await world.close();
});

const themeOf = (html: string) => parse(html).querySelector('html')?.getAttribute('data-bs-theme');
const switches = (html: string) => parse(html).querySelectorAll('button[name=theme]').length;

it('the light is switched on any staff page, kept in a cookie, and the same page comes back', async () => {
  const path = '/admin/patients/40001?days=30&range=day';
  expect(themeOf(await (await megan.get(path)).text())).toBeUndefined();
  const switched = await megan.post(path, { theme: 'dark' });
  expect([switched.status, switched.headers.get('location')]).toEqual([303, path]);
  const [cookie = ''] = switched.headers.getSetCookie();
  expect(cookie).toMatch(/^theme=dark; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
  const headers = { cookie: `${megan.cookie}; theme=dark` };
  for (const page of [path, '/admin/patients', '/admin/sign-in', '/admin/nowhere']) {
    const html = await (await fetch(new URL(page, world.config.SITE_URL), { headers })).text();
    expect(themeOf(html), page).toBe('dark');
  }
});

it('another site switches nothing', async () => {
  const forged = await megan.post('/admin/patients', { theme: 'dark' }, { origin: 'https://evil.example' });
  expect([forged.status, forged.headers.getSetCookie()]).toEqual([403, []]);
});

it('a page that answers a form has no switch, since it would be gone after it', async () => {
  const csrf = await megan.csrf('/admin/patients');
  const issued = await megan.post('/admin/invitations', { csrf, patient: '40001', client: '6' });
  const html = await issued.text();
  expect(html).toContain('QR code of the invitation link');
  expect(switches(html)).toBe(0);
  expect(switches(await (await megan.get('/admin/invitations')).text())).toBeGreaterThan(0);
});

it('the link of an invitation stands in a field, and the button that copies it waits for a script', async () => {
  const csrf = await megan.csrf('/admin/patients');
  const issued = await megan.post('/admin/invitations', { csrf, patient: '40001', client: '6' });
  const page = parse(await issued.text());
  const field = page.querySelector('#issued-link');
  expect(field?.getAttribute('value')).toMatch(/^http:\/\/localhost:\d+\/clients\/ow\/\?code=/);
  const button = page.querySelector('button[data-copies=issued-link]');
  expect(button?.hasAttribute('hidden')).toBe(true);
});
