import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { sendInvitation, takeInvitationBack } from '../../src/invitations.js';
import { clients } from '../../src/db/clients.js';
import { createPost } from '../../src/mail/post.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { invite, newPatient } from '../web/stages.js';
import { acceptInvitation } from '../../dev/journey/patient-pages.js';
import { linkIn, mailsTo } from './caught.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(() => {
  world.mail.refuse(null);
});

const wishFor = async (patientId: number) => {
  const client = (await clients(world.app.sql)).find(({ name }) => name === 'OW Local');
  if (client === undefined) throw new Error('the seeded client is missing');
  return { patientId, client, issuedBy: 10002 };
};
const stepsOf = async (invitationId: number) =>
  (await world.app.orchestration.onboardingProgress(invitationId))?.map(({ step }) => step);

it('an invitation that is mailed arrives once, with a link that opens it and that nobody else has', async () => {
  const stage = await newPatient(world);
  const issued = await sendInvitation(world.app, await wishFor(stage.patientId));
  const [mail] = await until('the letter came', async () => {
    const mails = await mailsTo(world, stage.patientId);
    return mails.length > 0 && mails;
  });
  const link = linkIn(mail);
  expect(link).not.toBe(issued.link);
  await until('the log tells', async () => (await stepsOf(issued.id))?.includes('mailed'));
  await acceptInvitation(stage.visitor, link);
  expect((await stage.visitor.open(issued.link)).url).toMatch(/\/ow\/consents$/);
  expect(await mailsTo(world, stage.patientId)).toHaveLength(1);
});

it('a mail server that is away for a moment delays the letter', async () => {
  const stage = await newPatient(world);
  world.mail.refuse({ code: 451, to: 'letter' });
  await sendInvitation(world.app, await wishFor(stage.patientId));
  await until('a try failed', () =>
    Promise.resolve(world.logLines.some((line) => line.includes('MailUnsent'))),
  );
  expect(await mailsTo(world, stage.patientId)).toEqual([]);
  world.mail.refuse(null);
  await until('the letter came', async () => (await mailsTo(world, stage.patientId)).length === 1);
});

it('an address that the mail server refuses is told in the log, and what the server said in none', async () => {
  const stage = await newPatient(world);
  world.mail.refuse({ code: 550, to: 'recipient' });
  const { id } = await sendInvitation(world.app, await wishFor(stage.patientId));
  await until('the log tells', async () => (await stepsOf(id))?.includes('not mailed'));
  expect(world.logLines.join('')).not.toMatch(/demo_patient_\d+@example\.com/);
});

it('without a mail server nothing is issued', async () => {
  const { patientId } = await newPatient(world);
  const deps = { ...world.app, post: createPost({}) };
  await expect(sendInvitation(deps, await wishFor(patientId))).rejects.toThrow(/SMTP_URL/);
  expect(await world.app.sql`select 1 from invitations where patient_id = ${patientId}`).toHaveLength(0);
});

it('an invitation that the study team took back opens nothing, and its log ends with that', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  const [row] = await world.app.sql<{ id: number }[]>`
    select id from invitations where patient_id = ${stage.patientId}`;
  const id = row?.id ?? 0;
  expect(await takeInvitationBack(world.app, id)).toBe(true);
  expect(await takeInvitationBack(world.app, id)).toBe(false);
  expect((await stage.visitor.open(link)).text).toContain('This link does not work any more');
  await until('the log tells', async () => (await stepsOf(id))?.at(-1) === 'withdrawn');
});

it('a start of the onboarding that was lost is made up for by the first click', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  const [row] = await world.app.sql<{ id: number }[]>`
    update invitations set id = id + 5000 where patient_id = ${stage.patientId} returning id`;
  await acceptInvitation(stage.visitor, link);
  expect(await stepsOf(row?.id ?? 0)).toContain('account ready');
});
