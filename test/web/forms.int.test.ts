import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { openedLink } from './opened-link.js';
import { RawBrowser } from './raw-browser.js';
import { invite, newPatient } from './stages.js';

let world: TestWorld;
let patientId: number;
let patient: RawBrowser;
let csrf: string;
beforeAll(async () => {
  world = await startTestWorld();
  const stage = await newPatient(world);
  patientId = stage.patientId;
  patient = await RawBrowser.redeem(world, await invite(stage));
  csrf = await patient.csrf('/ow/manage');
});
afterAll(async () => {
  await world.close();
});

const PATIENT_FORMS = [
  '/ow/consents',
  '/ow/connect',
  '/ow/manage/consents',
  '/ow/manage/disconnect',
  '/ow/sign-out',
];
const consents = async () => world.app.sql`select 1 from consent_events where patient_id = ${patientId}`;

it('a form without or with a foreign anti-forgery value is refused and changes nothing', async () => {
  const other = await RawBrowser.redeem(world, await invite(await newPatient(world)));
  const foreign = await other.csrf('/ow/manage');
  for (const path of PATIENT_FORMS) {
    for (const forged of [{}, { csrf: '' }, { csrf: foreign }, { csrf: `${csrf}x` }]) {
      const answer = await patient.post(path, { share: '30001-50004', answer: 'save', ...forged });
      expect(answer.status, path).toBe(403);
    }
  }
  expect(await consents()).toEqual([]);
});

it('a form that another site sends is refused, whatever it knows', async () => {
  const site = world.config.SITE_URL;
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${site}.evil.example` },
    { origin: site.replace('http:', 'https:') },
    { origin: site, 'sec-fetch-site': 'cross-site' },
    { origin: site, 'sec-fetch-site': 'same-site' },
    {},
  ];
  for (const headers of foreign) {
    for (const path of [
      ...PATIENT_FORMS,
      '/ow/redeem',
      '/admin/sign-in',
      '/admin/invitations',
      '/admin/patients',
    ]) {
      const answer = await patient.post(path, { csrf, share: '30001-50004', answer: 'save' }, headers);
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  expect(await consents()).toEqual([]);
  expect((await patient.get('/ow/manage')).status).toBe(200);
});

it("a patient's session opens nothing of the practitioners', nor the API", async () => {
  expect((await patient.get('/admin/')).headers.get('location')).toBe('/admin/sign-in');
  for (const path of ['/admin/invitations', '/admin/patients']) {
    const answer = await patient.post(path, { csrf, on: 'false', patient: String(patientId), client: '6' });
    expect(answer.headers.get('location'), path).toBe('/admin/sign-in');
  }
  expect((await world.app.settings.read())['module.ow']).toBe(true);
  expect((await patient.get('/api/v1/ow/providers')).status).toBe(401);
});

it("a practitioner's session opens no page of a patient", async () => {
  const mary = await RawBrowser.signIn(world, 'manager_mary@example.com', SEED_PASSWORD);
  expect((await mary.get('/admin/patients')).status).toBe(200);
  for (const path of ['manage', 'consents', 'devices', 'complete', 'preparing', 'leave']) {
    expect((await mary.get(`/ow/${path}`)).status, path).toBe(401);
  }
  const maryCsrf = await mary.csrf('/admin/patients');
  expect((await mary.post('/ow/consents', { csrf: maryCsrf, answer: 'decline' })).status).toBe(401);
});

it('a wrong password, an unknown address and odd input all get the same answer', async () => {
  for (const [email, password] of [
    ['manager_mary@example.com', 'wrong'],
    ['manager_mary@example.com', ''],
    ['nobody@example.com', SEED_PASSWORD],
    ['ll_patient_peter@example.com', SEED_PASSWORD],
    ['\0', '\0'],
    ["' or 1=1 --", 'x'.repeat(9_000)],
  ] as const) {
    const answer = await patient.post('/admin/sign-in', { email, password });
    expect(answer.status, email).toBe(401);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const page = await answer.text();
    expect(page).toContain('This address and password do not fit together.');
    expect(page).not.toContain('xxxx');
  }
});

it('a session ends with the sign-out, on the server too', async () => {
  const browser = await RawBrowser.redeem(world, await invite(await newPatient(world)));
  expect((await browser.get('/ow/manage')).status).toBe(200);
  const out = await browser.post('/ow/sign-out', { csrf: await browser.csrf('/ow/manage') });
  expect(await out.text()).toContain('You are signed out');
  expect((await browser.get('/ow/manage')).status).toBe(401);
});

it('a session cookie is out of reach of scripts, and a made-up one is nobody', async () => {
  const { cookie, link } = openedLink(await invite(await newPatient(world)));
  const headers = { origin: world.config.SITE_URL, cookie };
  const redeemed = await patient.post('/ow/redeem', { link }, headers);
  expect(redeemed.headers.getSetCookie().at(-1)).toMatch(/^session=[^;]+; .*HttpOnly; SameSite=Lax/);
  const forged = await fetch(`${world.config.SITE_URL}/ow/manage`, {
    headers: { cookie: `session=${'A'.repeat(43)}` },
  });
  expect(forged.status).toBe(401);
});

it('every page says that nothing may frame, cache or script it', async () => {
  for (const path of [
    '/ow/',
    '/ow/manage',
    '/admin/',
    '/admin/sign-in',
    '/ow/none',
    '/api/v1/oauth/oura/callback',
  ]) {
    const { headers } = await patient.get(path);
    expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
    expect(headers.get('cache-control'), path).toBe('no-store');
    expect(headers.get('x-request-id'), path).toMatch(/^[0-9a-f-]{36}$/);
  }
});
