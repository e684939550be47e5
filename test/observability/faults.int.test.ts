import { afterAll, beforeAll, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { clients } from '../../src/db/clients.js';
import { sendInvitation } from '../../src/invitations.js';
import { createSecretBox } from '../../src/secret-box.js';
import { agreedPatient, OURA, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { pollNow, resting } from '../helpers/operator.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from '../web/raw-browser.js';
import { newPatient } from '../web/stages.js';
import { play } from './promtool.js';
import { readMetrics, type Scraped } from './scrape.js';
import { between } from './scraped-story.js';

// A first run builds promtool.
vi.setConfig({ testTimeout: 20 * 60_000 });

let world: TestWorld;
let patient: TestPatient;
beforeAll(async () => {
  world = await startTestWorld();
  const { app, sandbox } = world;
  patient = await agreedPatient({ ...app, sandbox });
  sandbox.control.connect(patient.owUserId, OURA.provider);
  await pollNow(world);
});
afterAll(async () => {
  await world.close();
});

/** What Prometheus would get now, after a look at the conditions. */
async function scrape(): Promise<Scraped> {
  world.app.health.forget();
  await world.app.health.recent();
  return readMetrics(world.http.url);
}

/** Nothing fires before the fault, and these alerts, and no others, if what happened in it goes on happening. */
async function fires(alerts: readonly string[], fault: () => Promise<unknown>): Promise<void> {
  const before = await scrape();
  await fault();
  const after = await scrape();
  const story = { name: alerts.join(), at: '100m', fires: alerts.map((alert) => `WearableExchange${alert}`) };
  await play([
    { ...story, name: 'before', fires: [], series: between(before, before) },
    { ...story, series: between(before, after) },
  ]);
}

const failing = async () => {
  await pollNow(world).catch(() => undefined);
};

it('a poll without a fault', () => fires([], () => pollNow(world)));

it('the key of Open Wearables is replaced there', async () => {
  let key = '';
  await fires(['ConditionBad'], () => Promise.resolve((key = world.sandbox.control.rotateKey())));
  await world.app.settings.write('ow.api_key', key, null);
});

it('Open Wearables is away', async () => {
  const { faults } = world.sandbox.control;
  await fires(['ActivitiesFail', 'ConditionLasts', 'UpstreamErrors'], async () => {
    faults.failNext({ path: /./ }, { status: 503, reset: true }, 100_000);
    await failing();
  });
  faults.clear();
});

it('Open Wearables is slow, so that the next poll finds one running', async () => {
  const { app, sandbox } = world;
  const skips = async () =>
    (await scrape()).sum('wearable_exchange_schedule_skips_total', { schedule: 'poll', reason: 'overlap' });
  const known = await skips();
  await fires(['PollsSkipped', 'UpstreamSlow'], async () => {
    sandbox.control.faults.setWeather({ delayMs: 4_500, errorEvery: 1e9, stallEvery: 1e9 });
    const running = pollNow(world);
    await until('it runs', () => app.orchestration.pollRunningSince());
    await app.oversight.trigger('poll');
    await until('one was skipped', async () => (await skips()) > known);
    await running;
  });
  sandbox.control.faults.setWeather(null);
});

it('dead letters rise', async () => {
  const desk = openDesk({ sql: world.app.sql, secretBox: createSecretBox(world.app.config.SECRET_KEY) });
  const refusals = [1, 2, 3, 4, 5, 6].map((hours) => ({
    record: shownSample({ timestamp: hoursAgo(hours).toISOString(), value: 'none' }),
  }));
  let ids: readonly number[] = [];
  await fires(['ConditionBad'], async () => (ids = await desk.refuse(patient.id, ...refusals)));
  await desk.discard([...ids], 'the test is over', null);
});

it('the schedule is paused', async () => {
  await fires(['ConditionWaits'], () => resting(world));
  await world.app.orchestration.resumeSchedule('the test is over');
});

it('no poll has ended for hours', async () => {
  const { sql } = world.app;
  const move = (hours: number) =>
    sql`update polls set ended_at = ended_at + make_interval(hours => ${hours}) where ended_at is not null`;
  await fires(['PollsStopped'], async () => {
    await move(-2);
    await shows('wearable_exchange_poll_age_seconds', 7_200);
  });
  await move(2);
  await until(
    'they are as they were',
    async () => (await scrape()).sum('wearable_exchange_poll_age_seconds') < 3_600,
  );
});

it('a patient has not been read for hours', async () => {
  const { sql } = world.app;
  const move = (hours: number) => sql`
    update cursors set covered_from = least(covered_from, covered_to + make_interval(hours => ${hours})),
      covered_to = covered_to + make_interval(hours => ${hours}) where patient_id = ${patient.id}`;
  await fires(['CursorLag'], async () => {
    await move(-7);
    await shows('wearable_exchange_cursor_lag_seconds', 7 * 3_600);
  });
  await move(7);
  await until(
    'it is as it was',
    async () => (await scrape()).sum('wearable_exchange_cursor_lag_seconds') < 3_600,
  );
});

it('pages fail, since a table is not as the program needs it', async () => {
  const { sql } = world.app;
  const cookie = `session=${'A'.repeat(43)}`;
  await fires(['RequestsFail'], async () => {
    await sql`alter table sessions rename to sessions_elsewhere`;
    for (let page = 0; page < 5; page += 1) await fetch(`${world.http.url}/admin/`, { headers: { cookie } });
    await sql`alter table sessions_elsewhere rename to sessions`;
  });
});

it('somebody guesses passwords', async () => {
  await fires(['SignInsRefused'], async () => {
    for (let guess = 0; guess < 12; guess += 1)
      await RawBrowser.signIn(world, 'manager_mary@example.com', `guessed number ${guess}`);
  });
});

it('the mail server refuses letters', async () => {
  const { patientId } = await newPatient(world);
  const client = (await clients(world.app.sql)).find(({ name }) => name === 'OW Local');
  if (client === undefined) throw new Error('the seeded client is missing');
  await fires(['LettersRefused'], async () => {
    world.mail.refuse({ code: 550, to: 'recipient' });
    await sendInvitation(world.app, { patientId, client, issuedBy: 10002 });
    await shows('wearable_exchange_mails_total', 1);
  });
  world.mail.refuse(null);
});

it('the only worker is gone', () => fires(['ConditionBad'], () => world.worker.stop()));

async function shows(metric: string, atLeast: number): Promise<void> {
  await until(`${metric} shows it`, async () => (await scrape()).sum(metric) >= atLeast);
}
