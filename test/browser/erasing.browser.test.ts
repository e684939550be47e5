import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Stage } from '../../dev/journey/stage.js';
import { erasureOfPatient } from '../../src/db/erasures.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { endOfErasure } from '../erasure/stage.js';
import { invite, newPatient } from '../web/stages.js';
import { comeToTheDevices, decide, leaveFor } from './journey.js';
import { pressEnterOn, tabTo } from './keyboard.js';
import { expectAccessible, expectNoSidewaysScroll, takePictures } from './look.js';
import { type BrowserOptions, PatientBrowser } from './patient-browser.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
beforeAll(async () => {
  set = await setBrowserStage();
});
afterAll(async () => {
  await set.close();
});
afterEach(() => {
  set.world.sandbox.control.faults.clear();
});

/** While it is away, an erasure goes on. */
function openWearablesIsAway(): void {
  set.world.sandbox.control.faults.failNext({ path: /connections/ }, { status: 503 }, 10_000);
}

async function connectedPatient(stage: Stage): Promise<PatientBrowser> {
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(stage));
  await leaveFor(patient, 'oura');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  return patient;
}

it('a patient has everything erased by keyboard alone, and sees how it goes on and ends', async () => {
  const stage = await newPatient(set.world);
  const patient = await connectedPatient(stage);
  await patient.goTo('/ow/manage');
  await pressEnterOn(patient.page, 'a[href="/ow/manage/erase"]');
  await patient.reads('Erase everything about you?');
  await patient.look('erase');
  openWearablesIsAway();
  await tabTo(patient.page, '#understood');
  await patient.page.keyboard.press('Space');
  await pressEnterOn(patient.page, '.btn-danger');
  await patient.reads('Your data is being erased');
  await patient.page.getByText('old links open nothing any more (done)').waitFor();
  await patient.look('erasing');
  set.world.sandbox.control.faults.clear();
  await endOfErasure(set.world.app.sql, stage.patientId);
  // The page moves on by itself.
  await patient.reads('Your data is erased');
  await patient.look('erased');
  await patient.close();
});

it.each<[string, BrowserOptions, readonly [RegExp, RegExp, RegExp]]>([
  [
    'without JavaScript',
    { javaScriptEnabled: false },
    [/Tick the box to say/, /Your data is being erased|Your data is erased/, /Your data is erased/],
  ],
  [
    'in Spanish',
    { locale: 'es-MX' },
    [/Marque la casilla/, /Sus datos se están borrando|Sus datos están borrados/, /Sus datos están borrados/],
  ],
])('%s it says what is missing, begins, and tells when it is over', async (how, options, words) => {
  const [missing, begun, over] = words;
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set, options);
  await patient.goTo(await invite(stage));
  await pressEnterOn(patient.page, 'form[action="/ow/redeem"] button');
  await patient.page.waitForURL(/consents/);
  await patient.goTo('/ow/manage/erase');
  // As a browser would that does not ask for the box itself.
  await patient.page.evaluate(`document.querySelector('form:has(#understood)').noValidate = true`);
  await pressEnterOn(patient.page, '.btn-danger');
  await patient.reads(missing);
  await patient.look(`erase-unticked ${how}`);
  expect(await erasureOfPatient(set.world.app.sql, stage.patientId)).toBeUndefined();
  await tabTo(patient.page, '#understood');
  await patient.page.keyboard.press('Space');
  await pressEnterOn(patient.page, '.btn-danger');
  await patient.reads(begun);
  await patient.reads(over);
  await patient.look(`erased ${how}`);
  await patient.close();
});

it('a manager has a patient erased, follows it, and comes back to the evidence', async () => {
  const stage = await newPatient(set.world);
  await (await connectedPatient(stage)).close();
  const context = await set.browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const site = set.world.config.SITE_URL;
  const looked = async (state: string) => {
    await expectAccessible(page, state);
    await expectNoSidewaysScroll(page, state);
    await takePictures(page, state);
  };
  await page.goto(`${site}/admin/sign-in`);
  await page.getByLabel('E-mail').fill('manager_mary@example.com');
  await page.getByLabel('Password').fill(SEED_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.goto(`${site}/admin/patients/${stage.patientId}`);
  await page.getByRole('link', { name: 'Erase this patient’s data…' }).click();
  await looked('staff-erase-patient');
  await page.getByLabel('Why').selectOption('patient asked');
  await page.getByLabel('The patient’s number').fill('12');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByRole('alert').getByText(`Type the patient’s number: ${stage.patientId}.`).waitFor();
  await looked('staff-erase-patient-refused');
  await page.getByLabel('The patient’s number').fill(String(stage.patientId));
  openWearablesIsAway();
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('Under way').first().waitFor();
  await looked('staff-erasing');
  set.world.sandbox.control.faults.clear();
  const { digest } = await endOfErasure(set.world.app.sql, stage.patientId);
  await page.getByText(digest ?? 'no digest').waitFor();
  await looked('staff-erased');
  await page.getByRole('link', { name: 'Erased' }).click();
  await page.getByRole('cell', { name: String(stage.patientId) }).waitFor();
  await looked('staff-erasures');
  await context.close();
});
