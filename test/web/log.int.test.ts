import { inject, afterAll, beforeAll, expect, it } from 'vitest';
import { agreeToHeartRate, connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { onBehalfOf } from '../../src/db/reading.js';
import { integrationLog } from '../../src/web/patient/integration-log.js';
import { en } from '../../src/web/texts/en.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { follow } from './event-stream.js';
import { newPatient, openPage, redeemedPatient } from './stages.js';

const MEMBER_MEGAN = 10003;

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const invitationOf = async (patientId: number) => {
  const [row] = await world.app.sql<{ id: number }[]>`
    select id from invitations where patient_id = ${patientId} order by id desc limit 1`;
  return row?.id ?? 0;
};
const url = () => `${world.config.SITE_URL}/ow/log`;

it('the log is told line by line while it grows, goes on where it stopped, and ends', async () => {
  const stage = await redeemedPatient(world);
  const first = await follow(stage.visitor, url());
  await until('the first lines came', () => Promise.resolve(first.lines.length >= 3));
  await agreeToHeartRate(stage);
  await until('the answers are told', () =>
    Promise.resolve(first.lines.some(({ text }) => text.includes('Answers saved'))),
  );
  const last = first.lines.at(-1);
  first.leave();

  const second = await follow(stage.visitor, url(), last?.id);
  await connectOura(stage);
  await until('the log ended', () => Promise.resolve(second.isEnded), 120_000);
  const ids = [...first.lines, ...second.lines].map(({ id }) => Number(id));
  expect(ids).toEqual(ids.map((_, index) => index + 1));
  const texts = [...first.lines, ...second.lines].map(({ text }) => text).join('\n');
  for (const line of [
    'Devices compared with what you share Can be connected: 1',
    'Sign-in at the maker began Oura',
    'Connection confirmed Oura',
    'Reading of the first data began',
    'The first data is read',
  ])
    expect(texts).toContain(line);

  const third = await follow(stage.visitor, url(), ids.at(-1)?.toString());
  await until('there is nothing more', () => Promise.resolve(third.isEnded));
  expect(third.lines).toEqual([]);
  const whole = await follow(stage.visitor, url());
  await until('all of it came', () => Promise.resolve(whole.isEnded));
  expect(whole.lines).toHaveLength(ids.length);
}, 180_000);

it('the log survives its worker, and its workflow, and the study team reads the same', async () => {
  const stage = await redeemedPatient(world);
  const stream = await follow(stage.visitor, url());
  await until('the account is told', () => Promise.resolve(stream.lines.length >= 3));
  await world.worker.stop();
  const worker = await world.app.startWorker({ code: inject('workflowBundle'), sourceMap: '' });
  try {
    await agreeToHeartRate(stage);
    await connectOura(stage);
    await until('the log ended', () => Promise.resolve(stream.isEnded), 120_000);

    const invitationId = await invitationOf(stage.patientId);
    const orchestration = {
      ...world.app.orchestration,
      onboardingProgress: () => Promise.resolve(undefined),
    };
    const readBy = async (deps: Parameters<typeof integrationLog>[0]) =>
      onBehalfOf(MEMBER_MEGAN, async () =>
        (await integrationLog(deps, invitationId, en)).map(({ text }) => text),
      );
    const kept = await readBy({ ...world.app, orchestration });
    expect(kept).toEqual(await readBy(world.app));
    expect(kept).toHaveLength(stream.lines.length);
  } finally {
    await worker.stop();
  }
}, 180_000);

it('nobody follows the log without a session, and a stream tells only of the own invitation', async () => {
  expect((await fetch(url())).status).toBe(401);
  const stage = await newPatient(world);
  expect((await openPage(stage, '/ow/log')).status).toBe(401);
});
