import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptInvitation, agreeToHeartRate } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { type Page, Visitor } from '../../dev/journey/visitor.js';
import type { Stage } from '../../dev/journey/stage.js';
import { findPatient } from '../../src/db/patients.js';
import { takeInvitationBack } from '../../src/invitations.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { linkIn, mailsTo } from '../mail/caught.js';
import { invite, newPatient, openPage, redeemedPatient } from './stages.js';

const ASK = 'form[action="/ow/fresh-link"]';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const nextMail = async ({ patientId }: Stage, number: number) =>
  until(`letter ${number} came`, async () => (await mailsTo(world, patientId))[number - 1]);
const emailOf = async ({ patientId }: Stage) => (await findPatient(world.app.sql, patientId))?.email ?? '';
const signedOut = async () => new Visitor().open(`${world.config.SITE_URL}/ow/manage`);

it('a patient whose session is over asks by address, and goes on in another browser where they stopped', async () => {
  const stage = await newPatient(world);
  await acceptInvitation(stage.visitor, await invite(stage));
  await agreeToHeartRate(stage);

  const other = new Visitor();
  const asked = await other.submit(await signedOut(), ASK, { email: (await emailOf(stage)).toUpperCase() });
  expect(asked.text).toContain('Look into your mailbox');
  const link = linkIn(await nextMail(stage, 1));

  for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200);
  const back = await other.submit(await other.open(link), 'form[action="/ow/redeem"]');
  expect(new URL(back.url).pathname).toBe('/ow/devices');
  expect((await new Visitor().open(link)).status).toBe(410);
  expect(new URL((await openPage(stage, '/ow/')).url).pathname).toBe('/ow/devices');
});

it('an expired invitation is renewed, a used one leads back, each by the link at hand', async () => {
  const stage = await newPatient(world);
  const old = await invite(stage);
  await world.app.sql`
    update invitations set expires_at = now() - interval '1 hour' where patient_id = ${stage.patientId}`;
  const ended = await stage.visitor.open(old);
  expect(ended.text).toContain('This invitation has ended');
  await stage.visitor.submit(ended, ASK);
  const fresh = linkIn(await nextMail(stage, 1));
  await acceptInvitation(stage.visitor, fresh);

  const elsewhere = new Visitor();
  await elsewhere.submit(await elsewhere.open(fresh), ASK);
  const back = linkIn(await nextMail(stage, 2));
  const page = await elsewhere.submit(await elsewhere.open(back), 'form[action="/ow/redeem"]');
  expect(new URL(page.url).pathname).toBe('/ow/consents');
});

it('an open invitation is sent once more, and redeeming it by one link uses up the other', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  await new Visitor().submit(await signedOut(), ASK, { email: await emailOf(stage) });
  const again = linkIn(await nextMail(stage, 1));
  await acceptInvitation(stage.visitor, again);
  expect((await new Visitor().open(link)).text).toContain('This link does not work any more');
});

it('everybody gets the same answer, and nobody unknown, uninvited or uninvited again gets a letter', async () => {
  const [never, withdrawn] = [await newPatient(world), await newPatient(world)];
  await invite(withdrawn);
  const [row] = await world.app.sql<{ id: number }[]>`
    select id from invitations where patient_id = ${withdrawn.patientId}`;
  await takeInvitationBack(world.app, row?.id ?? 0);
  const before = world.mail.caught.length;
  const answers: Page[] = [];
  for (const email of [
    'nobody@example.com',
    await emailOf(never),
    await emailOf(withdrawn),
    'not an address',
  ])
    answers.push(await new Visitor().submit(await signedOut(), ASK, { email }));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  // A letter to somebody who may have one comes after those that would have been sent before it.
  const last = await newPatient(world);
  await invite(last);
  await new Visitor().submit(await signedOut(), ASK, { email: await emailOf(last) });
  await nextMail(last, 1);
  expect(world.mail.caught.length).toBe(before + 1);
});

it('an address gets three links an hour at most, however it is asked', async () => {
  const stage = await newPatient(world);
  await acceptInvitation(stage.visitor, await invite(stage));
  const email = await emailOf(stage);
  for (let time = 0; time < 5; time += 1) await new Visitor().submit(await signedOut(), ASK, { email });
  await nextMail(stage, 3);
  expect(await mailsTo(world, stage.patientId)).toHaveLength(3);
  await world.app.sql`update link_requests set since = since - interval '61 minutes'`;
  await new Visitor().submit(await signedOut(), ASK, { email });
  await nextMail(stage, 4);
});

it('letters follow the language that the switch of a signed-in patient says', async () => {
  const stage = await redeemedPatient(world);
  const manage = await openPage(stage, '/ow/manage');
  await stage.visitor.submit(manage, 'form:has(button[value="es"])', { language: 'es' });
  await new Visitor().submit(await signedOut(), ASK, { email: await emailOf(stage) });
  expect((await nextMail(stage, 1)).text).toContain('Hola');
  await stage.visitor.submit(manage, 'form:has(button[value="es"])', { language: 'xx' });
  await stage.visitor.submit(manage, 'form:has(button[value="es"])', { language: 'en' });
  await new Visitor().submit(await signedOut(), ASK, { email: await emailOf(stage) });
  expect((await nextMail(stage, 2)).text).not.toContain('Hola');
});
