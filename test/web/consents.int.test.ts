import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreeToHeartRate, saveSharing } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { expireInvitation, redeemedInvitationOf } from '../../src/db/invitations.js';
import { keptSteps } from '../../src/db/onboarding-progress.js';
import { findPatient } from '../../src/db/patients.js';
import { invite, newPatient, openPage, redeemedPatient } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const recordsOf = async (patientId: number) =>
  world.app.sql<{ text: string; decision: string; channel: string }[]>`
    select c.text, e.decision, e.channel from consent_events e join codeable_concepts c on c.id = e.concept_id
    where e.patient_id = ${patientId} order by e.id`;

it('nothing is ticked beforehand, and looking at the page answers nothing', async () => {
  const stage = await redeemedPatient(world);
  const page = await openPage(stage, '/ow/consents');
  expect(page.html.querySelectorAll('input[type=checkbox][checked]')).toEqual([]);
  const empty = await stage.visitor.submit(page, 'form[action="/ow/consents"]', { answer: 'save' });
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('Tick at least one line');
  expect(await recordsOf(stage.patientId)).toEqual([]);
});

it('lines left empty stay unanswered', async () => {
  const stage = await redeemedPatient(world);
  await agreeToHeartRate(stage);
  expect(await recordsOf(stage.patientId)).toEqual([
    { text: 'Heart Rate', decision: 'agreed', channel: 'launch page' },
  ]);
  const manage = await openPage(stage, '/ow/manage');
  expect(manage.text.match(/Not answered/g)).toHaveLength(2);
});

it('agreeing, stopping and agreeing again are three records, and the same answer twice is one', async () => {
  const stage = await redeemedPatient(world);
  await agreeToHeartRate(stage);
  for (const answer of ['stop', 'stop', 'share', 'share'] as const) await saveSharing(stage, answer);
  expect((await recordsOf(stage.patientId)).map(({ decision }) => decision)).toEqual([
    'agreed',
    'stopped',
    'agreed',
  ]);
});

it('every answer stays on the page of the patient, the newest first', async () => {
  const stage = await redeemedPatient(world);
  await agreeToHeartRate(stage);
  for (const answer of ['stop', 'share'] as const) await saveSharing(stage, answer);
  const { html } = await openPage(stage, '/ow/manage');
  const told = html
    .querySelectorAll('#answers tbody tr')
    .map((row) => row.querySelectorAll('th, td')[1]?.text);
  expect(told).toEqual(['Shared', 'Stopped', 'Shared']);
});

it('the version of the text that was read is recorded, and none that is not ours', async () => {
  for (const [said, recorded] of [
    ['2026-11-es', '2026-11-es'],
    ['made up', '2026-11'],
  ] as const) {
    const stage = await redeemedPatient(world);
    const page = await openPage(stage, '/ow/consents');
    const answers = { answer: 'decline', textVersion: said };
    await stage.visitor.submit(page, 'form[action="/ow/consents"]', answers);
    const [event] = await world.app.sql<{ version: string }[]>`
      select text_version as version from consent_events where patient_id = ${stage.patientId} limit 1`;
    expect(event?.version).toBe(recorded);
  }
});

it('declining is a record of its own, for every line, and can be changed', async () => {
  const stage = await redeemedPatient(world);
  const page = await openPage(stage, '/ow/consents');
  const no = await stage.visitor.submit(page, 'form[action="/ow/consents"]', { answer: 'decline' });
  expect(no.text).toContain('You are not taking part');
  expect((await recordsOf(stage.patientId)).map(({ decision }) => decision)).toEqual([
    'declined',
    'declined',
    'declined',
  ]);
  await saveSharing(stage, 'share');
  expect((await recordsOf(stage.patientId)).at(-1)?.decision).toBe('agreed');
});

it('a line that no study of the patient asks for is not recorded', async () => {
  const stage = await redeemedPatient(world);
  const page = await openPage(stage, '/ow/consents');
  for (const share of ['30005-50005', '30001-50001', '30001', 'x', "1' or 1=1"]) {
    const refused = await stage.visitor.submit(page, 'form[action="/ow/consents"]', {
      share,
      answer: 'save',
    });
    expect(refused.status, share).toBe(422);
  }
  expect(await recordsOf(stage.patientId)).toEqual([]);
});

it('a patient who shares nothing is offered no device', async () => {
  const stage = await redeemedPatient(world);
  const devices = await openPage(stage, '/ow/devices');
  expect(devices.text).toContain('Measures nothing that you agreed to share.');
  expect(devices.html.querySelectorAll('form[action="/ow/connect"]')).toEqual([]);
  await until('the log tells the way so far', async () =>
    (await openPage(stage, '/ow/devices')).text.includes('Invitation opened in this browser'),
  );
});

it('icons come from us, not from Open Wearables, and only those it offers', async () => {
  const site = world.config.SITE_URL;
  const icon = await fetch(`${site}/ow/icons/oura`);
  expect(icon.headers.get('content-type')).toBe('image/svg+xml');
  expect(await icon.text()).toContain('<svg');
  expect(icon.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const path of ['nonsense', '..%2fusers', 'OURA', 'oura.svg']) {
    expect((await fetch(`${site}/ow/icons/${path}`)).status, path).toBe(404);
  }
});

it('a "no" on the invitation itself is recorded for every line, and nothing is prepared', async () => {
  const stage = await newPatient(world);
  const launch = await stage.visitor.open(await invite(stage));
  const no = await stage.visitor.submit(launch, 'form[action="/ow/redeem"]', { answer: 'decline' });
  expect(no.text).toContain('You are not taking part');
  expect((await recordsOf(stage.patientId)).map(({ decision, channel }) => [decision, channel])).toEqual(
    Array.from({ length: 3 }, () => ['declined', 'invitation page']),
  );
  expect((await findPatient(world.app.sql, stage.patientId))?.owUserId).toBeNull();
  expect((await openPage(stage, '/ow/manage')).text).toContain('Not shared');
});

it('a "no" on the invitation ends its onboarding; who changes their mind goes on with a device', async () => {
  const stage = await newPatient(world);
  const { app } = world;
  const launch = await stage.visitor.open(await invite(stage));
  await stage.visitor.submit(launch, 'form[action="/ow/redeem"]', { answer: 'decline' });
  const invitationId = (await redeemedInvitationOf(app.sql, stage.patientId)) ?? 0;
  await until('the end is kept', async () => keptSteps(app.sql, invitationId));
  const steps = (await keptSteps(app.sql, invitationId))?.map(({ step }) => step);
  expect(steps).toEqual(['invited', 'declined']);
  expect(await expireInvitation(app.sql, invitationId)).toBe('declined');

  // Coming back prepares nothing, and leads to the answers.
  for (const path of ['/ow/', '/ow/preparing'])
    expect((await openPage(stage, path)).url).toMatch(/\/ow\/manage$/);
  expect((await findPatient(app.sql, stage.patientId))?.owUserId).toBeNull();

  await saveSharing(stage, 'share');
  expect(await expireInvitation(app.sql, invitationId)).toBe('redeemed');
  const devices = await openPage(stage, '/ow/');
  expect(devices.url).toMatch(/\/ow\/devices$/);
  const leaving = await stage.visitor.submit(devices, 'form:has(button[value="oura"])');
  expect(leaving.url).toMatch(/\/ow\/leave$/);
  expect((await findPatient(app.sql, stage.patientId))?.owUserId).not.toBeNull();
});
