import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../../dev/journey/stage.js';
import { auditLines } from '../../src/db/audit-search.js';
import { addPatient } from '../../src/db/enrolment.js';
import { erasureOfPatient, findErasure } from '../../src/db/erasures.js';
import { findPatient } from '../../src/db/patients.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { figure } from '../../src/web/components/words.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';
import { endOfErasure, measuredPatient } from './stage.js';

/** Mary manages Lifespan Lab; Mark the Neptune Health System, and is nobody at the Lab; Tom is a viewer at the Lab. */
const [LAB, NEPTUNE, TOMS] = [20003, 20004, 20008];
const MARY = 10002;

let world: TestWorld;
const staff = new Map<string, RawBrowser>();
beforeAll(async () => {
  world = await startTestWorld();
  for (const name of [
    'admin',
    'manager_mary',
    'manager_mark',
    'member_megan',
    'viewer_victor',
    'three_org_tom',
  ])
    staff.set(name, await RawBrowser.signIn(world, `${name}@example.com`, SEED_PASSWORD));
});
afterAll(async () => {
  await world.close();
});

function browserOf(name: string): RawBrowser {
  const browser = staff.get(name);
  if (browser === undefined) throw new Error(`nobody is called ${name}`);
  return browser;
}

/** A patient of these organizations, without data. */
async function patientOf(...organizationIds: readonly number[]): Promise<number> {
  const { sql } = world.app;
  const person = { nameGiven: 'Wilma', nameFamily: 'Zeppelin-Okoro', birthDate: null, timeZone: 'UTC' };
  const [first = LAB, ...more] = organizationIds;
  const email = `wilma_${crypto.randomUUID()}@example.com`;
  const id = await addPatient(sql, { ...person, email, organizationId: first });
  if (id === undefined) throw new Error('the address is taken');
  for (const other of more)
    await sql`insert into organization_patients (organization_id, patient_id) values (${other}, ${id})`;
  return id;
}

const pathOf = (id: number) => `/admin/patients/${id}/erase`;
async function erase(name: string, id: number, form: Readonly<Record<string, string>> = {}) {
  const browser = browserOf(name);
  const csrf = await browser.csrf('/admin/account');
  return browser.post(pathOf(id), { csrf, reason: 'withdrawn', number: String(id), ...form });
}
const textOf = async (answer: Response) =>
  parse(await answer.text())
    .textContent.replace(/\s+/g, ' ')
    .trim();
const isThere = async (id: number) =>
  (await findPatient(world.app.sql, id)) !== undefined &&
  (await erasureOfPatient(world.app.sql, id)) === undefined;

describe('cannot have a patient erased:', () => {
  it.each([
    ['a viewer', 'viewer_victor', 403],
    ['a member', 'member_megan', 403],
    ['a viewer who manages another organization', 'three_org_tom', 403],
    ['a manager of another organization', 'manager_mark', 404],
  ])('%s', async (_, name, status) => {
    const id = await patientOf(LAB);
    expect((await browserOf(name).get(pathOf(id))).status).toBe(status);
    expect((await erase(name, id)).status).toBe(status);
    expect(await isThere(id)).toBe(true);
    const page = await (await browserOf(name).get(`/admin/patients/${id}`)).text();
    expect(page).not.toContain(pathOf(id));
  });

  it('a manager of one of two organizations, who learns whom to ask and no name of others', async () => {
    const id = await patientOf(LAB, NEPTUNE);
    const page = await browserOf('manager_mary').get(pathOf(id));
    const text = await textOf(page);
    expect(text).toContain('The patient belongs to 1 organization that you are not in.');
    expect(text).not.toContain('Neptune');
    expect((await erase('manager_mary', id)).status).toBe(403);
    expect((await erase('manager_mark', id)).status).toBe(403);
    expect(await isThere(id)).toBe(true);
  });

  it('a manager who is only a viewer in the other one, which is named', async () => {
    const id = await patientOf(LAB, TOMS);
    const text = await textOf(await browserOf('three_org_tom').get(pathOf(id)));
    expect(text).toContain('Ask a manager of Lifespan Lab: there you are none.');
    expect((await erase('three_org_tom', id)).status).toBe(403);
    expect(await isThere(id)).toBe(true);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['with another number', { number: '40001' }, 'Type the patient’s number'],
    ['with the name', { number: 'Wilma Zeppelin-Okoro' }, 'Type the patient’s number'],
    ['without a reason', { reason: '' }, 'Choose why.'],
    ['with a reason of their own', { reason: 'because I say so' }, 'Choose why.'],
  ])('a manager %s', async (_, form, told) => {
    const id = await patientOf(LAB);
    const answer = await erase('manager_mary', id, form);
    expect([answer.status, await textOf(answer)]).toEqual([422, expect.stringContaining(told)]);
    expect(await isThere(id)).toBe(true);
  });
});

describe('a manager of every organization of a patient', () => {
  let stage: Stage;
  let erasureId: number;
  beforeAll(async () => {
    stage = await measuredPatient(world);
  }, 60_000);

  it('finds the way on the page of the patient, and has the patient erased', async () => {
    const { patientId } = stage;
    const mary = browserOf('manager_mary');
    const page = await (await mary.get(`/admin/patients/${patientId}`)).text();
    expect(page).toContain(pathOf(patientId));
    const answers = await Promise.all([erase('manager_mary', patientId), erase('manager_mary', patientId)]);
    const places = answers.map((answer) => answer.headers.get('location'));
    const erasure = await endOfErasure(world.app.sql, patientId);
    erasureId = erasure.id;
    expect(places).toEqual([`/admin/erasures/${erasureId}`, `/admin/erasures/${erasureId}`]);
    expect(erasure).toMatchObject({ askedAs: 'manager', askedBy: MARY, reason: 'withdrawn' });
    const trail = await auditLines(world.app.sql, { organizationIds: null, patientId, limit: 200 });
    const asked = trail.filter(({ action }) => action === 'erase patient');
    expect(asked).toContainEqual(expect.objectContaining({ actorId: MARY, outcome: 'allowed' }));
  }, 60_000);

  it('sees the evidence afterwards, at the old address of the patient, too', async () => {
    const mary = browserOf('manager_mary');
    const text = await textOf(await mary.get(`/admin/erasures/${erasureId}`));
    const erasure = await findErasure(world.app.sql, erasureId);
    for (const told of [
      'by a manager, ManagerMary Mayer',
      'The patient withdrew, and nothing is to be kept',
      'OfLifespan Lab',
      `observations${figure(erasure?.counts['observations'] ?? 0)}`,
      erasure?.digest ?? 'no digest',
    ])
      expect(text).toContain(told);
    for (const path of ['', '/erase'])
      expect((await mary.get(`/admin/patients/${stage.patientId}${path}`)).headers.get('location')).toBe(
        `/admin/erasures/${erasureId}`,
      );
    expect(await textOf(await mary.get('/admin/erasures'))).toContain(String(stage.patientId));
  });

  it('others do not: no member, and no manager of another organization', async () => {
    for (const name of ['viewer_victor', 'member_megan'])
      for (const path of ['/admin/erasures', `/admin/erasures/${erasureId}`])
        expect((await browserOf(name).get(path)).status, `${name} ${path}`).toBe(403);
    const mark = browserOf('manager_mark');
    expect((await mark.get(`/admin/erasures/${erasureId}`)).status).toBe(404);
    expect(await textOf(await mark.get('/admin/erasures'))).toContain('Nobody was erased');
    expect((await mark.get(`/admin/patients/${stage.patientId}`)).status).toBe(404);
  });

  it('is told when the record was changed since', async () => {
    const { sql } = world.app;
    await sql`alter table erasures disable trigger erasures_closed`;
    await sql`update erasures set reason = 'study over' where id = ${erasureId}`;
    await sql`alter table erasures enable trigger erasures_closed`;
    const text = await textOf(await browserOf('manager_mary').get(`/admin/erasures/${erasureId}`));
    expect(text).toContain('This record was changed after its end');
  });
});

it('an operator has a patient of two organizations erased; managers of either follow it', async () => {
  const id = await patientOf(LAB, NEPTUNE);
  const answer = await erase('admin', id, { reason: 'added by mistake' });
  const place = answer.headers.get('location') ?? '';
  expect(await endOfErasure(world.app.sql, id)).toMatchObject({
    askedAs: 'operator',
    openWearables: 'no account',
  });
  for (const name of ['admin', 'manager_mary', 'manager_mark']) {
    const text = await textOf(await browserOf(name).get(place));
    expect(text, name).toContain('Added by mistake, or twice');
    if (name === 'manager_mary') expect(text).not.toContain('Neptune');
  }
}, 60_000);

it('a number that cannot be one is nobody', async () => {
  const mary = browserOf('manager_mary');
  for (const path of [
    '/admin/erasures/99999999999',
    '/admin/erasures/1',
    pathOf(99_999),
    '/admin/patients/99999999999/erase',
  ])
    expect((await mary.get(path)).status, path).toBe(404);
  expect((await mary.get('/admin/erasures?before=x')).status).toBe(200);
});
