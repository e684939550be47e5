import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';
import { invite, newPatient } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

/** Of Lifespan Lab and nobody else; so is the study. */
const PETER = '40001';
const STUDY = '30001';
const PATIENT_PAGES = [
  '',
  '/observations',
  '/days',
  '/consents',
  '/figures?type=heart_rate',
  '/points?type=heart_rate',
];
const signIn = async (email: string) => RawBrowser.signIn(world, `${email}@example.com`, SEED_PASSWORD);
const text = async (browser: RawBrowser, path: string) => (await browser.get(path)).text();

/** What changes something, with a form that would do it. */
const changes: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['/admin/invitations', { patient: PETER, client: '6' }],
  [`/admin/patients/${PETER}/enrol`, { study: STUDY }],
  [`/admin/studies/${STUDY}`, { name: 'Taken over', description: 'x', days: '1' }],
  [`/admin/studies/${STUDY}/scopes`, {}],
  [`/admin/studies/${STUDY}/sources`, { source: '70004' }],
  ['/admin/studies', { name: 'New', description: 'x', days: '1', organization: '20003' }],
  [
    '/admin/patients',
    {
      given: 'A',
      family: 'B',
      email: 'a@b.example',
      birth: '',
      zone: 'UTC',
      organization: '20003',
      study: '',
    },
  ],
];

async function stored() {
  const { sql } = world.app;
  return sql`
    select (select count(*) from invitations) as invitations, (select count(*) from patients) as patients,
           (select count(*) from study_patients) as enrolments, (select count(*) from study_data_sources) as sources,
           (select json_agg(s order by id) from studies s) as studies, (select count(*) from study_scopes) as scopes`;
}

describe('nobody, and a patient,', () => {
  const staffRoutes = () =>
    world.app.server.routes
      .filter(({ path, method }) => path.startsWith('/admin/') && ['GET', 'POST'].includes(method))
      .map(({ path, method }) => ({ method, path: path.replace(/:\w+(\{[^}]*\})?/g, '40001') }))
      .filter(({ path }) => !path.includes('*') && !['/admin/sign-in', '/admin/sign-out'].includes(path));

  it('are sent to the sign-in from every address of the staff', async () => {
    const patient = await RawBrowser.redeem(world, await invite(await newPatient(world)));
    const nobody = await RawBrowser.signIn(world, 'nobody@example.com', 'x');
    expect(staffRoutes().length).toBeGreaterThan(20);
    for (const browser of [patient, nobody]) {
      const csrf = await browser.csrf('/ow/manage');
      for (const { method, path } of staffRoutes()) {
        const answer = method === 'GET' ? await browser.get(path) : await browser.post(path, { csrf });
        expect([answer.status, answer.headers.get('location')], `${method} ${path}`).toEqual([
          303,
          '/admin/sign-in',
        ]);
      }
    }
  });
});

describe('a viewer', () => {
  it('sees the patients and studies of the own organization, without a way to change them', async () => {
    const victor = await signIn('viewer_victor');
    expect(await text(victor, '/admin/patients')).toContain('Peter Morris');
    for (const page of PATIENT_PAGES) {
      const answer = await victor.get(`/admin/patients/${PETER}${page}`);
      expect(answer.status, page).toBe(200);
    }
    for (const path of [
      '/admin/patients',
      `/admin/patients/${PETER}`,
      `/admin/studies/${STUDY}`,
      '/admin/invitations',
    ]) {
      const forms = parse(await text(victor, path)).querySelectorAll('form:not(.wx-look)');
      const actions = forms.map((form) => form.getAttribute('action'));
      expect(new Set(actions), path).toEqual(
        new Set(
          path === '/admin/patients' ? ['/admin/sign-out', '/admin/patients/search'] : ['/admin/sign-out'],
        ),
      );
    }
  });

  it('changes nothing, whatever is posted', async () => {
    const victor = await signIn('viewer_victor');
    const csrf = await victor.csrf('/admin/patients');
    const before = await stored();
    for (const [path, form] of changes) {
      expect((await victor.post(path, { csrf, ...form })).status, path).toBe(403);
    }
    expect(await stored()).toEqual(before);
    for (const path of ['/admin/patients/new', '/admin/studies/new']) {
      expect((await victor.get(path)).status, path).toBe(403);
    }
  });
});

describe('a manager of another organization', () => {
  it('finds nothing of it, and cannot tell it from what does not exist', async () => {
    const mark = await signIn('manager_mark');
    expect(await text(mark, '/admin/patients')).not.toContain('Peter');
    for (const id of [PETER, '99999', '0', '99999999999']) {
      for (const page of PATIENT_PAGES) {
        const answer = await mark.get(`/admin/patients/${id}${page}`);
        expect(answer.status, `${id}${page}`).toBe(404);
        expect(await answer.text()).not.toContain('Peter');
      }
    }
    for (const id of [STUDY, '99999']) expect((await mark.get(`/admin/studies/${id}`)).status).toBe(404);
  });

  it('changes nothing of it', async () => {
    const mark = await signIn('manager_mark');
    const csrf = await mark.csrf('/admin/patients');
    const before = await stored();
    for (const [path, form] of changes) {
      expect([403, 404], path).toContain((await mark.post(path, { csrf, ...form })).status);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('a member', () => {
  it('adds a patient, enrols and invites them, and sees the link once', async () => {
    const megan = await signIn('member_megan');
    const csrf = await megan.csrf('/admin/patients');
    const form = { given: 'Noah', family: 'Brandt', email: 'noah@example.com', birth: '1990-02-03' };
    const place = { zone: 'Europe/Madrid', organization: '20003', study: '30002' };
    const added = await megan.post('/admin/patients', { csrf, ...form, ...place });
    const path = (added.headers.get('location') ?? '').split('?')[0] ?? '';
    expect(await text(megan, path)).toContain(
      'born 3 February 1990 · noah@example.com · times are Europe/Madrid',
    );
    expect((await megan.post(`${path}/enrol`, { csrf, study: STUDY })).status).toBe(303);
    const patient = path.split('/').at(-1) ?? '';
    const issued = await megan.post('/admin/invitations', { csrf, patient, client: '6' });
    expect(issued.headers.get('cache-control')).toBe('no-store');
    expect(await issued.text()).toMatch(/clients\/ow\/\?code=localhost%3A\d+_[A-Za-z0-9]{43}/);
    for (const page of [path, '/admin/invitations'])
      expect(await text(megan, page)).not.toMatch(/code=localhost/);
    expect(world.logLines.join('')).not.toMatch(/code=localhost|_[A-Za-z0-9]{43}/);
    const invitation = parse(await text(megan, path))
      .querySelectorAll('a')
      .map((link) => link.getAttribute('href'))
      .find((href) => /^\/admin\/invitations\/\d+$/.test(href ?? ''));
    expect(await text(megan, invitation ?? '')).toContain('Not opened yet');
    await megan.post(`${invitation ?? ''}/cancel`, { csrf });
    expect(await text(megan, invitation ?? '')).toContain('Cancelled');
  });

  it('is told what is wrong with a form, and keeps what was typed', async () => {
    const megan = await signIn('member_megan');
    const csrf = await megan.csrf('/admin/patients');
    const right = {
      given: 'A',
      family: 'B',
      email: 'c@d.example',
      birth: '',
      zone: 'UTC',
      organization: '20003',
      study: '',
    };
    for (const [wrong, says] of [
      [{ email: 'c' }, 'Type a whole e-mail address.'],
      [{ email: 'LL_PATIENT_PETER@example.com' }, 'an account has it already'],
      [{ email: 'npl_patient_percy@example.com' }, 'an account has it already'],
      [{ family: ' ' }, 'Type the name.'],
      [{ zone: 'Mars/Olympus' }, 'Choose one of the list.'],
      [{ birth: '1.2.1990' }, 'Type the date'],
    ] as const) {
      const answer = await megan.post('/admin/patients', { csrf, ...right, ...wrong });
      expect(answer.status, says).toBe(422);
      const page = await answer.text();
      expect(page).toContain(says);
      expect(page).toContain('value="A"');
    }
  });

  it('founds a study, and says what it asks for, from which wearables, how far back', async () => {
    const megan = await signIn('member_megan');
    const csrf = await megan.csrf('/admin/patients');
    const form = {
      name: 'Sleep at sea',
      description: 'How sailors sleep.',
      days: '30',
      organization: '20003',
    };
    const founded = await megan.post('/admin/studies', { csrf, ...form });
    const path = (founded.headers.get('location') ?? '').split('?')[0] ?? '';
    await megan.post(`${path}/scopes`, { csrf, scope: '50004' });
    await megan.post(`${path}/sources`, { csrf, source: '70004' });
    const page = await text(megan, path);
    for (const words of ['Sleep at sea', 'How sailors sleep.', '30 days', 'omh:heart-rate:2.0', 'Oura']) {
      expect(page).toContain(words);
    }
    expect((await megan.post(path, { csrf, ...form, days: '366' })).status).toBe(422);
    await megan.post(`${path}/scopes`, { csrf });
    expect(await text(megan, path)).toContain('Nothing yet.');
  });
});

it('a member of one organization of a patient does not change a study of another one', async () => {
  const tom = await signIn('three_org_tom');
  const csrf = await tom.csrf('/admin/patients');
  // Pat is in 20008, where Tom manages, and in 20006, whose study this is and where Tom is nobody.
  expect((await tom.post('/admin/patients/40005/enrol', { csrf, study: '30003' })).status).toBe(404);
  // Peter is in 20003, where Tom only looks.
  expect((await tom.post(`/admin/patients/${PETER}/enrol`, { csrf, study: STUDY })).status).toBe(403);
});

it('the first page is the patients for study teams, and the health of the machine for operators', async () => {
  const first = async (email: string) => (await (await signIn(email)).get('/admin/')).headers.get('location');
  expect(await first('member_megan')).toBe('/admin/patients');
  expect(await first('admin')).toBe('/admin/health');
});
