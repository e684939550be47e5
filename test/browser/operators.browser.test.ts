import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { createSecretBox } from '../../src/secret-box.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { agreedPatient, OURA, type TestPatient } from '../helpers/connected-patient.js';
import { openDesk } from '../helpers/dead-letters.js';
import { pollNow } from '../helpers/operator.js';
import { hoursAgo, shownSample } from '../helpers/samples.js';
import type { TestWorld } from '../helpers/test-world.js';
import { expectAccessible, takePictures } from './look.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

const OPERATOR = 'admin@example.com';
let stage: BrowserStage;
let world: TestWorld;
let browser: Browser;
let patient: TestPatient;
beforeAll(async () => {
  stage = await setBrowserStage();
  ({ world, browser } = stage);
  const { app, sandbox } = world;
  patient = await agreedPatient({ ...app, sandbox });
  sandbox.control.connect(patient.owUserId, OURA.provider);
  await pollNow(world);
  const desk = openDesk({ sql: app.sql, secretBox: createSecretBox(app.config.SECRET_KEY) });
  // The sandbox measures at whole minutes: between two of them nothing that is read stands in a letter's place.
  const between = (hours: number) => new Date(hoursAgo(hours).getTime() + 30_000).toISOString();
  const bad = (hours: number) => ({
    record: shownSample({ timestamp: between(24 * 80 + hours), value: 'sixty-one' }),
    reason: 'bad-number' as const,
  });
  const good = { record: shownSample({ timestamp: between(9) }) };
  await desk.refuse(patient.id, good, ...[1, 2, 3, 4, 5, 6].map(bad));
  sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await pollNow(world);
});
afterAll(async () => {
  await stage.close();
});

async function signedIn(email: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${world.config.SITE_URL}/admin/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(SEED_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

async function at(page: Page, path: string): Promise<number> {
  const answer = await page.goto(`${world.config.SITE_URL}${path}`);
  return answer?.status() ?? 0;
}

/** What was begun before has ended: a comparison that reads days anew makes the letters of these days wait. */
async function nothingRuns(): Promise<void> {
  const { client, close } = await connectTemporal(world.config);
  await until(
    'nothing runs',
    async () => {
      const query =
        "ExecutionStatus = 'Running' and WorkflowType in ('poll', 'reconcile', 'backfill', 'pollPatient')";
      return (await client.workflow.count(query)).count === 0;
    },
    90_000,
  );
  await close();
}

/** Where the link to Temporal leads. */
const inTemporal = (within: Locator) =>
  within.getByRole('link', { name: 'Open in Temporal' }).getAttribute('href');

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();

it('an operator sees what is wrong and what to do, who needs attention, and pulls the levers', async () => {
  const page = await signedIn(OPERATOR);
  await page.getByRole('link', { name: 'Sync health' }).click();
  const told = await page.locator('[data-condition]').all();
  expect(await Promise.all(told.map((each) => each.getAttribute('data-condition')))).toEqual([
    'dead-letters-rising',
    'patients-not-read',
  ]);
  const needy = page.getByRole('table').filter({ hasText: 'Next step' });
  expect(await needy.getByRole('row').nth(1).innerText()).toMatch(new RegExp(`${patient.id}[^]*7 rejected`));
  await expectAccessible(page, 'sync health');
  await takePictures(page, 'admin-health');

  await page.getByRole('button', { name: 'Pause schedule' }).click();
  await page.getByText('The schedule rests.').waitFor();
  await page.locator('[data-condition=schedule-paused]').waitFor();
  await page.getByRole('button', { name: 'Resume schedule' }).click();
  await page.getByText('The schedule runs by the clock again.').waitFor();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByText(/The poll is asked to start now|A poll runs already/).waitFor();
  await page.getByRole('button', { name: 'Compare counts now' }).click();
  const started = page
    .getByRole('status')
    .filter({ hasText: 'The comparison with Open Wearables has started.' });
  expect(await inTemporal(started)).toMatch(/\/workflows\?query=WorkflowType%20%3D%20'reconcile'$/);
  await takePictures(page, 'admin-health-reconcile');
  await page.context().close();
});

it('an operator reads history back, watches it live, and steers it', async () => {
  const page = await signedIn(OPERATOR);
  await at(page, '/admin/health/backfill');
  await page.getByLabel('Patient').fill('1');
  await page.getByRole('button', { name: 'Read back' }).click();
  expect(await page.getByRole('alert').innerText()).toBe('There is no patient with this number.');
  await expectAccessible(page, 'backfill refused');
  await takePictures(page, 'admin-backfill');
  world.sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 503, delayMs: 1_000 }, 30);
  await page.getByLabel('Patient').fill(String(patient.id));
  await page.getByLabel('Days').fill('60');
  await page.getByRole('button', { name: 'Read back' }).click();
  await page.getByText('The history is being read back.').waitFor();
  const pause = page.getByRole('button', { name: `Pause ${patient.id}` });
  await until('the backfill is listed', async () => {
    await at(page, '/admin/health');
    return (await pause.count()) === 1;
  });
  expect(await page.getByRole('progressbar').count()).toBe(1);
  const line = page.getByRole('listitem').filter({ has: page.getByRole('progressbar') });
  expect(await inTemporal(line)).toMatch(new RegExp(`/workflows/backfill%2F${patient.id}$`));
  await pause.click();
  await page.getByText('The backfill rests before its next window.').waitFor();
  await until('the backfill rests', async () => {
    await at(page, '/admin/health');
    return (await page.getByRole('button', { name: `Resume ${patient.id}` }).count()) === 1;
  });
  await takePictures(page, 'admin-health-backfill');
  world.sandbox.control.faults.clear();
  await page.getByRole('button', { name: `Cancel ${patient.id}` }).click();
  await page.getByText('The backfill was cancelled.').waitFor();
  await page.context().close();
});

it('an operator decides about dead letters: looks at one on the record, retries, discards with a reason', async () => {
  await nothingRuns();
  const page = await signedIn(OPERATOR);
  await page.getByRole('link', { name: 'Dead letters', exact: true }).first().click();
  await expectAccessible(page, 'dead letters');
  await takePictures(page, 'admin-dead-letters');
  await page.getByRole('button', { name: 'Retry ticked' }).click();
  await page.getByText('Tick at least one record.').waitFor();

  await page
    .getByRole('link', { name: /See record/ })
    .first()
    .click();
  expect(await page.content()).not.toContain('sixty-one');
  await page.getByRole('button', { name: 'Show the sample' }).click();
  await page.getByText('sixty-one').waitFor();
  await expectAccessible(page, 'dead letter');
  await takePictures(page, 'admin-dead-letter');
  expect(await world.app.sql`select 1 from dead_letter_views`).toHaveLength(1);

  await at(page, '/admin/dead-letters');
  await page.getByRole('button', { name: /^Retry it\b/ }).click();
  await page.getByText('1 retried and stored.').waitFor();
  await page.getByRole('button', { name: /^Retry all 6\b/ }).click();
  await page.getByText('6 refused again.').waitFor();
  await page.getByRole('link', { name: /^Discard…/ }).click();
  await takePictures(page, 'admin-discard');
  await page.getByLabel('Why').fill('   ');
  await page.getByRole('button', { name: 'Discard 6 records' }).click();
  await page.getByText('Say why: somebody will ask.').waitFor();
  await page.getByLabel('Why').fill('a broken ring');
  await page.getByRole('button', { name: 'Discard 6 records' }).click();
  await page.getByText('6 records discarded.').waitFor();
  await page.getByText('No dead letters wait').waitFor();
  await takePictures(page, 'admin-dead-letters-none');
  await page.context().close();
});

it('settings are checked before they are saved, secrets go in and never come out, and every change is told', async () => {
  const page = await signedIn(OPERATOR);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expectAccessible(page, 'settings');
  await page.getByLabel('Look back').fill('900');
  await page.getByLabel('API key').fill('sk-planted');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('1 value cannot be used. Nothing was saved.').waitFor();
  expect(await page.getByLabel('Look back').inputValue()).toBe('900');
  expect(await page.getByLabel('API key').inputValue()).toBe('');
  await expectAccessible(page, 'settings refused');
  await takePictures(page, 'admin-settings');

  await page.getByLabel('Look back').fill('48');
  await page.getByLabel('Secret access key').fill('planted-secret');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText('2 settings saved.').waitFor();
  expect((await world.app.settings.read())['ow.lookback_hours']).toBe(48);
  expect((await world.app.settings.read())['ow.s3.secret_access_key']).toBe('planted-secret');
  const html = await page.content();
  expect(html).not.toContain('planted-secret');
  expect(html).not.toContain(world.sandbox.apiKey);
  expect(
    await page.getByRole('listitem').filter({ hasText: 'ow.lookback_hours' }).last().innerText(),
  ).toMatch(/ow\.lookback_hours set to 48[^]*Ada|ow\.lookback_hours set to 48/);
  await page.getByRole('button', { name: 'Use the default of Look back' }).click();
  await page.getByText('1 setting saved.').waitFor();
  expect((await world.app.settings.read())['ow.lookback_hours']).toBe(24);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByText('Open Wearables answers and accepts the key.').waitFor();
  await page.context().close();
});

it.each([
  ['manager_mary@example.com', true],
  ['member_megan@example.com', true],
  ['viewer_victor@example.com', true],
  ['manager_mark@example.com', false],
])(
  '%s sees who needs attention in the own organizations, and none of the operator pages',
  async (email, isOwn) => {
    await world.app
      .sql`update patient_sync set outcome = 'could not read', failure = 'NotFound' where patient_id = ${patient.id}`;
    const page = await signedIn(email);
    expect(await page.getByRole('link', { name: 'Sync health' }).count()).toBe(0);
    for (const path of [
      '/admin/health',
      '/admin/health/backfill',
      '/admin/dead-letters',
      '/admin/dead-letters/1',
      '/admin/settings',
    ]) {
      expect(await at(page, path), path).toBe(403);
      expect(await heading(page)).toBe('Your role does not allow this');
    }
    expect(await at(page, '/admin/attention')).toBe(200);
    expect(await page.getByText('Could not be read').count(), email).toBe(isOwn ? 1 : 0);
    expect(await page.getByRole('button', { name: /Run|Pause|Retry|Discard/ }).count()).toBe(0);
    await expectAccessible(page, 'attention');
    if (email.startsWith('member')) await takePictures(page, 'admin-attention');
    await page.context().close();
  },
);
