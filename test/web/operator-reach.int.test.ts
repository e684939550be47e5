import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
let operator: RawBrowser;
beforeAll(async () => {
  world = await startTestWorld();
  operator = await RawBrowser.signIn(world, 'admin@example.com', SEED_PASSWORD);
  await world.app.sql`
    insert into patient_sync (patient_id, outcome, poll_id, polled_at, failure)
    select id, 'could not read', 'made', now(), 'Unavailable' from patients`;
});
afterAll(async () => {
  await world.close();
});

const PARTS = [
  '',
  '/observations',
  '/days',
  '/consents',
  '/figures?type=heart_rate',
  '/points?type=heart_rate',
];

it('an operator of no organization opens every page of every patient who needs attention', async () => {
  const page = parse(await (await operator.get('/admin/attention')).text());
  const links = page.querySelectorAll('table a').map((link) => link.getAttribute('href') ?? '');
  const patients = [...new Set(links.filter((href) => /^\/admin\/patients\/\d+$/.test(href)))];
  expect(patients).toHaveLength(5);
  for (const path of patients) {
    for (const part of PARTS)
      expect((await operator.get(`${path}${part}`)).status, `${path}${part}`).toBe(200);
  }
});

it('and finds them in the lists, with the studies of every organization', async () => {
  const patients = await (await operator.get('/admin/patients')).text();
  for (const name of ['Peter Morris', 'Percy']) expect(patients).toContain(name);
  expect((await operator.get('/admin/studies/30003')).status).toBe(200);
  const peter = await (await operator.get('/admin/patients/40001/consents')).text();
  expect(peter).toContain('Lifespan Study on BP');
});

it('which is said of the operator by what they are, not by roles they do not have', async () => {
  const page = await (await operator.get('/admin/patients')).text();
  expect(page).toContain('Operator, all organizations');
});

it('but nobody learns of a patient who does not exist', async () => {
  expect((await operator.get('/admin/patients/99999')).status).toBe(404);
});

it('a member of one organization gains nothing by it', async () => {
  const megan = await RawBrowser.signIn(world, 'member_megan@example.com', SEED_PASSWORD);
  for (const id of [40003, 40004, 40005])
    expect((await megan.get(`/admin/patients/${id}`)).status, String(id)).toBe(404);
});
