import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

/** Of Lifespan Lab and nobody else. */
const PETER = '40001';
const signIn = async (email: string) => RawBrowser.signIn(world, email, SEED_PASSWORD);
const invitations = async () => world.app.sql`select 1 from invitations where patient_id = ${Number(PETER)}`;
const formsOn = async (browser: RawBrowser) =>
  parse(await (await browser.get('/admin/')).text()).querySelectorAll('form[action="/admin/invitations"]');

it('a viewer and a stranger see no button to invite, and posting the form anyway is refused', async () => {
  for (const email of [
    'viewer_victor@example.com',
    'three_org_tom@example.com',
    'manager_mark@example.com',
  ]) {
    const browser = await signIn(email);
    const forms = await formsOn(browser);
    expect(forms.filter((form) => form.outerHTML.includes(PETER))).toEqual([]);
    const form = { csrf: await browser.csrf('/admin/'), patient: PETER, client: '6' };
    const answer = await browser.post('/admin/invitations', form);
    expect(answer.status, email).toBe(403);
    expect(await answer.text()).toContain('You cannot invite this patient.');
  }
  expect(await invitations()).toEqual([]);
});

it('a member invites, and sees the link once', async () => {
  const megan = await signIn('member_megan@example.com');
  expect((await formsOn(megan)).length).toBeGreaterThan(0);
  const form = { csrf: await megan.csrf('/admin/'), patient: PETER, client: '6' };
  const answer = await megan.post('/admin/invitations', form);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.text()).toMatch(/clients\/ow\/\?code=localhost%3A\d+_[A-Za-z0-9]{32}/);
  expect(await (await megan.get('/admin/')).text()).not.toMatch(/code=localhost/);
  expect(world.logLines.join('')).not.toMatch(/code=localhost|_[A-Za-z0-9]{32}/);
});

it('a patient or client that does not exist is refused like one of somebody else', async () => {
  const megan = await signIn('member_megan@example.com');
  const csrf = await megan.csrf('/admin/');
  for (const form of [
    { patient: '99999', client: '6' },
    { patient: '99999999999999', client: '6' },
    { patient: '1.5', client: '6' },
    { patient: 'x', client: '6' },
    { patient: PETER, client: '99' },
    { patient: PETER, client: '' },
  ]) {
    const answer = await megan.post('/admin/invitations', { csrf, ...form });
    expect(answer.status, JSON.stringify(form)).toBe(403);
  }
});

it('only an operator turns the reading of Open Wearables off and on', async () => {
  const isOn = async () => (await world.app.settings.read())['module.ow'];
  const mary = await signIn('manager_mary@example.com');
  expect((await mary.post('/admin/module', { csrf: await mary.csrf('/admin/'), on: 'false' })).status).toBe(
    403,
  );
  expect(await isOn()).toBe(true);
  const ada = await signIn('admin@example.com');
  const csrf = await ada.csrf('/admin/');
  expect(await (await ada.get('/admin/')).text()).toContain('The next poll begins');
  for (const on of [false, true]) {
    await ada.post('/admin/module', { csrf, on: String(on) });
    expect(await isOn()).toBe(on);
  }
});

it('a connected patient without data, with data and with a failed read are told apart', async () => {
  const { sql } = world.app;
  const megan = await signIn('member_megan@example.com');
  const row = async () =>
    parse(await (await megan.get('/admin/')).text())
      .querySelectorAll('tr')
      .find((line) => line.textContent.includes('Pamela'))?.textContent;
  expect(await row()).toContain('Not connected');
  await sql`insert into connections (patient_id, provider, status) values (40002, 'oura', 'active')`;
  expect(await row()).toContain('Connected, no data yet');
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, start_offset, value, data_type,
                              identifier_system, identifier, provider, source, series)
    values (40002, 50004, 70004, '2026-03-04 05:06Z', 0, 61, 'heart_rate', 'ow:normalized', gen_random_uuid(), 'oura',
            'oura', 'heart_rate')`;
  expect(await row()).toContain('Last data 4 Mar');
  await sql`
    insert into patient_sync (patient_id, outcome, poll_id, created) values (40002, 'could not read', 'test', 0)`;
  expect(await row()).toContain('Could not read');
});
