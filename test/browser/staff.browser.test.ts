import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { CLINIC, makeClinic } from '../helpers/clinic.js';
import type { TestWorld } from '../helpers/test-world.js';
import { expectAccessible, expectNoSidewaysScroll, takePictures } from './look.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let stage: BrowserStage;
let world: TestWorld;
let browser: Browser;
let patientId = 0;
const faults: string[] = [];
beforeAll(async () => {
  stage = await setBrowserStage();
  ({ world, browser } = stage);
  const patients = await makeClinic(world.app.sql, { patients: 40, days: 100, heartRatesADay: 48 });
  patientId = patients[3] ?? 0;
  await world.app.sql`
    update observations set value = value + 7, status = 'amended'
    where patient_id = ${patientId} and data_type = 'heart_rate' and value > 80`;
}, 120_000);
afterAll(async () => {
  await stage.close();
});

async function signedIn(email: string, width = 1280): Promise<Page> {
  const context = await browser.newContext({
    ...{ reducedMotion: 'reduce', locale: 'en-US', viewport: { width, height: 800 } },
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    // The status of the page itself is what the test is about.
    const isStatus = message.location().url === page.url() && message.text().startsWith('Failed to load');
    if (message.type() === 'error' && !isStatus)
      faults.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${world.config.SITE_URL}/admin/sign-in`);
  await page.getByLabel('E-mail').fill(`${email}@example.com`);
  await page.getByLabel('Password').fill(SEED_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Patients' }).waitFor();
  return page;
}

async function look(page: Page, state: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expectNoSidewaysScroll(page, state);
  await expectAccessible(page, state);
  await takePictures(page, state);
  expect(faults).toEqual([]);
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click();
const reads = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

it('a member finds who needs a look, adds a patient, invites them, and takes the invitation back', async () => {
  const page = await signedIn('member_megan');
  await look(page, 'staff-patients');
  await follow(page, /^Needs a look/);
  await reads(page, 'Needs reconnecting');
  await page.getByRole('searchbox').fill('Wilhelmina');
  await press(page, 'Search');
  await reads(page, 'van der Berg-Oyelaran');
  expect(page.url()).not.toContain('Wilhelmina');
  await look(page, 'staff-patients-found');

  await page.goto(`${world.config.SITE_URL}/admin/patients/new`);
  await page.getByLabel('Given name').fill('Noah');
  await page.getByLabel('Family name').fill('Brandt');
  await page.getByLabel('E-mail').fill('ll_patient_peter@example.com');
  await press(page, 'Add patient');
  await reads(page, 'an account has it already');
  await look(page, 'staff-new-patient-refused');
  await page.getByLabel('E-mail').fill('noah@example.com');
  await page.getByLabel('Study').selectOption({ label: 'Recovery Rhythm Study' });
  await press(page, 'Add patient');
  await reads(page, 'The patient is added');
  await look(page, 'staff-patient-new');
  await press(page, /Invite with a link/);
  await page.getByRole('img', { name: 'QR code of the invitation link' }).waitFor();
  await look(page, 'staff-issued');
  await follow(page, 'Done');
  await follow(page, /See log/);
  await reads(page, 'Invitation issued');
  await look(page, 'staff-invitation');
  await press(page, 'Cancel the invitation');
  await reads(page, 'its link opens nothing');
  await follow(page, 'Invitations');
  await look(page, 'staff-invitations');
  await page.context().close();
});

it('the page of a patient: calendar, charts in every range, figures, points, observations down to their origin, consents', async () => {
  const page = await signedIn('viewer_victor', 360);
  const home = `${world.config.SITE_URL}/admin/patients/${patientId}`;
  for (const range of ['day', 'week', 'month', 'quarter']) {
    await page.goto(`${home}?range=${range}&days=180`);
    await reads(page, 'stored of expected');
    await look(page, `staff-patient-${range}`);
  }
  await page.goto(home);
  await follow(page, /^Figures of Heart rate/);
  await look(page, 'staff-figures');
  await page.goto(`${home}/points?type=heart_rate&range=quarter`);
  await page.locator('#points canvas').waitFor();
  await look(page, 'staff-points');
  await page.goto(`${home}/observations`);
  await look(page, 'staff-observations');
  await follow(page, 'Next');
  await follow(page, /^record of/);
  await reads(page, 'Open mHealth data point');
  await look(page, 'staff-observation');
  await page.goto(`${home}/days`);
  await look(page, 'staff-days');
  await page.goto(`${home}/consents`);
  await look(page, 'staff-consents');
  expect(await page.getByRole('button', { name: /Invite|Enrol/ }).count()).toBe(0);
  await page.context().close();
});

it('a manager founds a study and says what it asks for', async () => {
  const page = await signedIn('manager_mary');
  await follow(page, 'Studies');
  await look(page, 'staff-studies');
  await follow(page, 'New study');
  await page.getByLabel('Name').fill('Sleep at sea');
  await page.getByLabel('What it is for').fill('How sailors sleep.');
  await press(page, 'Found the study');
  await reads(page, 'The study is there');
  await page.getByText('Change the kinds of data').click();
  await page.getByLabel(/^Heart Rate/).check();
  await look(page, 'staff-study-choosing');
  await press(page, 'Save');
  await reads(page, 'The kinds of data are saved');
  await page.goto(`${world.config.SITE_URL}/admin/studies/${CLINIC.studyId}`);
  await look(page, 'staff-study');
  await page.context().close();
});

it('a stranger is told nothing of a patient', async () => {
  const page = await signedIn('manager_mark');
  const answer = await page.goto(`${world.config.SITE_URL}/admin/patients/${patientId}`);
  expect(answer?.status()).toBe(404);
  await reads(page, 'Nothing is here for you');
  await look(page, 'staff-not-found');
  await page.context().close();
});
