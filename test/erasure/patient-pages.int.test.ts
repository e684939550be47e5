import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Stage } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { type Page, Visitor } from '../../dev/journey/visitor.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { beginErasure } from '../../src/begin-erasure.js';
import { createAccessToken } from '../../src/db/access-tokens.js';
import { auditLines } from '../../src/db/audit-search.js';
import { askErasure, erasureOfPatient } from '../../src/db/erasures.js';
import { findPatient } from '../../src/db/patients.js';
import { uncommitted, waitsForALock } from '../helpers/uncommitted.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { invite, newPatient, openPage, redeemedPatient } from '../web/stages.js';
import { openedLink } from '../web/opened-link.js';
import { RawBrowser } from '../web/raw-browser.js';
import { endOfErasure, measuredPatient } from './stage.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(() => {
  world.sandbox.control.faults.clear();
});

const ASKED = '/ow/manage/erase';
const question = (stage: Stage) => openPage(stage, ASKED);
const press = async (stage: Stage, page?: Page) =>
  stage.visitor.submit(page ?? (await question(stage)), 'form.card-body', { understood: 'yes' });
const pathOf = ({ url }: Page) => new URL(url).pathname;
const accountOf = async ({ patientId }: Stage) => {
  const patient = await findPatient(world.app.sql, patientId);
  if (patient === undefined) throw new Error('there is no such patient');
  return patient;
};

it('a patient reads what goes and what stays, ticks the box, is signed out, and follows it to the end', async () => {
  const stage = await measuredPatient(world);
  const { userId, nameFamily, email } = await accountOf(stage);
  const manage = await openPage(stage, '/ow/manage');
  expect(manage.html.querySelector(`a[href="${ASKED}"]`)).not.toBeNull();
  const asked = await question(stage);
  for (const told of [
    'cannot be undone',
    'You leave Lifespan Study on BP & HR',
    'What your device’s maker has',
  ])
    expect(asked.text).toContain(told);

  const unticked = await stage.visitor.submit(asked, 'form.card-body');
  expect([unticked.status, unticked.text]).toEqual([422, expect.stringContaining('Tick the box')]);
  expect(await erasureOfPatient(world.app.sql, stage.patientId)).toBeUndefined();

  const receipt = await press(stage, unticked);
  expect([pathOf(receipt), receipt.status]).toEqual(['/ow/erased', 200]);
  const { id } = await endOfErasure(world.app.sql, stage.patientId);
  const erased = await openPage(stage, '/ow/erased');
  expect(erased.text).toContain('Your data is erased');
  expect(erased.text).toContain(`Reference${id}`);
  expect(erased.text).toContain('Open Wearables deleted what it kept.');
  for (const page of [receipt, erased])
    for (const secret of [nameFamily, email, String(stage.patientId)])
      expect(page.text).not.toContain(secret);
  const letters = world.mail.caught.filter(({ to }) => to === email).map(({ text }) => text);
  const told = letters.filter((text) => text.includes(`Reference: ${id}`));
  expect(told).toHaveLength(1);
  expect(told[0]).not.toContain('http');
  // Back in the browser there is the receipt, and no page that says that sharing goes on.
  expect(pathOf(await openPage(stage, '/ow/manage'))).toBe('/ow/erased');

  expect(await erasureOfPatient(world.app.sql, stage.patientId)).toMatchObject({
    ...{ askedAs: 'patient', askedBy: userId, reason: null },
  });
  const trail = await auditLines(world.app.sql, {
    organizationIds: null,
    patientId: stage.patientId,
    limit: 200,
  });
  const asking = trail.filter(({ action }) => action === 'erase own data');
  expect(asking.map(({ outcome, actorKind, actorId }) => [outcome, actorKind, actorId]).sort()).toEqual([
    ['allowed', 'patient', userId],
    ['asked', 'patient', userId],
    // Without the box.
    ['asked', 'patient', userId],
    ['refused', 'patient', userId],
  ]);
}, 60_000);

it('pressed twice, it is one erasure, and either press leads to its receipt', async () => {
  const link = await invite(await newPatient(world));
  const browser = await RawBrowser.redeem(world, link);
  const form = { csrf: await browser.csrf(ASKED), receipt: newToken(), understood: 'yes' };
  const presses = [browser.post(ASKED, form), browser.post(ASKED, form)];
  const later = async () => browser.post(ASKED, form);
  for (const answer of [...(await Promise.all(presses)), await later()]) {
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/ow/erased']);
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    expect(cookies).toContain(`receipt=${form.receipt}`);
  }
  const erasures = await world.app
    .sql`select 1 from erasures where receipt_hash = ${hashToken(form.receipt)}`;
  expect(erasures.length).toBe(1);
});

it('pressed again while the first press ends, it leads to the receipt as well', async () => {
  const { sql } = world.app;
  const stage = await newPatient(world);
  const { patientId } = stage;
  const browser = await RawBrowser.redeem(world, await invite(stage));
  const form = { csrf: await browser.csrf(ASKED), receipt: newToken(), understood: 'yes' };
  // The press is let in and waits for its place in the audit trail; meanwhile everything goes.
  const trail = await uncommitted(sql, (connection) => connection`select from audit_head for update`);
  const press = browser.post(ASKED, form);
  await waitsForALock(sql, 'record_audit_events');
  const asking = { patientId, askedAs: 'patient', askedBy: null, reason: null } as const;
  await beginErasure(world.app, { ...asking, receiptHash: hashToken(form.receipt) });
  await endOfErasure(sql, patientId);
  await trail.commit();
  const answer = await press;
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/ow/erased']);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  expect(cookies).toContain(`receipt=${form.receipt}`);
}, 60_000);

it('who asks in the moment of the end is told that nobody is there any more', async () => {
  const { sql } = world.app;
  const { patientId } = await newPatient(world);
  const asking = { patientId, askedAs: 'patient', askedBy: null, reason: null, receiptHash: null } as const;
  const erased = await askErasure(sql, asking);
  if (erased === undefined) throw new Error('there is no such patient');
  const end = await uncommitted(
    sql,
    (connection) => connection`
      update erasures set ended_at = now(), open_wearables = 'no account', remains = '{}', digest = sha256('')
      where id = ${erased.erasureId}`,
  );
  const again = askErasure(sql, asking);
  await waitsForALock(sql, 'insert into erasures');
  await end.commit();
  expect(await again).toBeUndefined();
});

it('nobody else opens the receipt: not without it, nor with another, nor in a form that is made up', async () => {
  const stage = await redeemedPatient(world);
  await press(stage);
  const stranger = new Visitor();
  const none = await stranger.open(`${world.config.SITE_URL}/ow/erased`);
  expect([none.status, none.text]).toEqual([404, expect.stringContaining('No receipt is here')]);
  for (const cookie of [`receipt=${newToken()}`, 'receipt=', `receipt=${'x'.repeat(5_000)}`]) {
    const answer = await fetch(`${world.config.SITE_URL}/ow/erased`, { headers: { cookie } });
    expect(answer.status).toBe(404);
  }
  const form = new URLSearchParams({ understood: 'yes', receipt: newToken(), csrf: newToken() });
  const headers = { origin: world.config.SITE_URL };
  const answer = await fetch(`${world.config.SITE_URL}${ASKED}`, { method: 'POST', body: form, headers });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
});

it('from the moment it is asked for, an old session, link or token opens nothing, though nothing runs yet', async () => {
  const { sql } = world.app;
  const stage = await newPatient(world);
  const link = await invite(stage);
  const browser = await RawBrowser.redeem(world, link);
  const { id: patientId, userId } = await accountOf(stage);
  const token = newToken();
  const made = { userId, name: 'old', tokenHash: hashToken(token), validDays: 1, access: 'read' as const };
  await createAccessToken(sql, made);
  const api = () =>
    fetch(`${world.config.SITE_URL}/api/v1/patients/me`, { headers: { authorization: `Bearer ${token}` } });
  expect([(await browser.get('/ow/manage')).status, (await api()).status]).toEqual([200, 200]);

  await askErasure(sql, {
    ...{ patientId, askedAs: 'patient', askedBy: userId, reason: null, receiptHash: null },
  });
  const refused = await browser.get('/ow/manage');
  expect([refused.status, await refused.text()]).toEqual([
    401,
    expect.stringContaining('You are signed out'),
  ]);
  expect((await browser.post('/ow/manage/consents', { csrf: 'x' })).status).toBe(401);
  expect((await api()).status).toBe(401);
  const { cookie } = openedLink(link);
  const opened = await fetch(link, { headers: { cookie } });
  expect([opened.status, await opened.text()]).toEqual([
    410,
    expect.stringContaining('This link does not work any more'),
  ]);
}, 60_000);

it('while Open Wearables is away the receipt says what is done and what is not', async () => {
  const stage = await measuredPatient(world);
  const connections = { path: new RegExp(`${await stage.owUserId()}/connections`) };
  world.sandbox.control.faults.failNext(connections, { status: 503 }, 1_000);
  await press(stage);
  await until('what is here is gone', async () => (await stage.observations()) === 0);
  const { text } = await openPage(stage, '/ow/erased');
  expect(text).toContain('Your data is being erased');
  expect(text).toContain('Reading ends, and old links open nothing any more (done)');
  expect(text).toContain('Open Wearables deletes what it keeps (being done)');
  world.sandbox.control.faults.clear();
  await endOfErasure(world.app.sql, stage.patientId);
  expect((await openPage(stage, '/ow/erased')).text).toContain('Your data is erased');
}, 90_000);

it('whoever signs in later in the same browser does not see the receipt of somebody else', async () => {
  const stage = await redeemedPatient(world);
  expect(pathOf(await press(stage))).toBe('/ow/erased');
  const other = await newPatient(world);
  const opened = await stage.visitor.open(await invite(other));
  await stage.visitor.submit(opened, 'form[action="/ow/redeem"]');
  expect((await openPage(stage, '/ow/erased')).status).toBe(404);
});
