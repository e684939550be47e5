import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY } from '../../dev/journey/stage.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';
import { openPage, redeemedPatient } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const PAGE = `/admin/studies/${STUDY.studyId}`;

/** Writes a text on top of this version, as a member of the study's organization. */
async function write(words: string, after: number): Promise<Response> {
  const megan = await RawBrowser.signIn(world, 'member_megan@example.com', SEED_PASSWORD);
  const csrf = await megan.csrf(PAGE);
  return megan.post(`${PAGE}/consent-text`, { csrf, words, after: String(after) });
}

const answered = async (patientId: number) =>
  world.app.sql<{ version: number | null; text: string }[]>`
    select study_text_version as version, text_version as text from consent_events
    where patient_id = ${patientId} and study_id = ${STUDY.studyId} order by id`;

const versions = async () =>
  world.app.sql`select version, body from consent_texts where study_id = ${STUDY.studyId} order by version`;

it('a patient reads the study’s own words, and the answer names the version that was read, even when a newer came', async () => {
  const before = await redeemedPatient(world);
  const early = await openPage(before, '/ow/consents');
  expect((await write('We listen to hearts.\r\n\r\nOnly the team reads.', 0)).status).toBe(303);
  const stage = await redeemedPatient(world);
  const page = await openPage(stage, '/ow/consents');
  expect(page.html.querySelectorAll('.wx-words p').map(({ text }) => text)).toEqual([
    'We listen to hearts.',
    'Only the team reads.',
    'Text of this study, version 1.',
  ]);
  expect((await write('We listen to hearts, twice.', 1)).status).toBe(303);

  await stage.visitor.submit(page, 'form[action="/ow/consents"]', { answer: 'decline' });
  expect((await answered(stage.patientId)).map(({ version }) => version)).toEqual([1, 1, 1]);
  // What stood on the page before there was a text is not a text that was read.
  await before.visitor.submit(early, 'form[action="/ow/consents"]', { answer: 'decline' });
  expect((await answered(before.patientId)).map(({ version }) => version)).toEqual([null, null, null]);

  const manage = await openPage(stage, '/ow/manage');
  expect(manage.text).toContain('We listen to hearts, twice.');
  await stage.visitor.submit(manage, 'form[action="/ow/manage/consents"]', {
    [`answer-${STUDY.studyId}-50004`]: 'share',
  });
  expect((await answered(stage.patientId)).at(-1)).toEqual({ version: 2, text: '2026-11' });
  const megan = await RawBrowser.signIn(world, 'member_megan@example.com', SEED_PASSWORD);
  const history = await (await megan.get(`/admin/patients/${stage.patientId}/consents`)).text();
  expect(history).toContain('text 2026-11, study text 2');
  expect(history).toContain('text 2026-11, study text 1');
});

it('a version that never was is not recorded', async () => {
  const newest = (await versions()).length;
  for (const said of ['99', '-1', '1.5', 'x']) {
    const stage = await redeemedPatient(world);
    const page = await openPage(stage, '/ow/consents');
    const form = { answer: 'decline', [`studyText-${STUDY.studyId}`]: said };
    await stage.visitor.submit(page, 'form[action="/ow/consents"]', form);
    expect((await answered(stage.patientId))[0]?.version, said).toBe(newest);
  }
});

it('an edit on top of an older version changes nothing, and keeps what was typed', async () => {
  const before = await versions();
  const late = await write('Written without having seen the other one.', 0);
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('Written without having seen the other one.');
  expect((await write('  ', before.length)).status).toBe(422);
  expect((await write('x'.repeat(20_001), before.length)).status).toBe(422);
  expect(await versions()).toEqual(before);
});

it('two edits at once are one version', async () => {
  const { length } = await versions();
  const outcomes = await Promise.all([write('One.', length), write('Other.', length)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await versions()).toHaveLength(length + 1);
});

it('no version can be changed afterwards', async () => {
  const { sql } = world.app;
  await expect(sql`update consent_texts set body = 'forged'`).rejects.toThrow('append-only');
  await expect(sql`delete from consent_texts where version = 1`).rejects.toThrow(/foreign key/);
});
