import { afterAll, beforeAll, expect, it } from 'vitest';
import { agreedPatient, invite, newPatient } from '../web/stages.js';
import { inPage } from './in-page.js';
import {
  agreeToHeartRate,
  begin,
  comeToTheDevices,
  deviceCard,
  SAVE_CONSENTS,
  stopSharing,
  PICKER,
} from './journey.js';
import { pressEnterOn } from './keyboard.js';
import { PatientBrowser } from './patient-browser.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
beforeAll(async () => {
  set = await setBrowserStage();
});
afterAll(async () => {
  await set.close();
});

/** Measures, in a page whose answers are held back, how long a button takes to show that it was pressed. */
async function stopwatch({ page }: PatientBrowser): Promise<(selector: string) => Promise<number>> {
  let reacted: (ms: number) => void = () => undefined;
  let reaction = Promise.resolve(0);
  await page.exposeFunction('reacted', (ms: number) => {
    reacted(ms);
  });
  await page.route('**/ow/**', async (route) => {
    await reaction;
    await route.continue();
  });
  return async (selector) => {
    reaction = new Promise<number>((resolve) => {
      reacted = resolve;
    });
    await page.evaluate(inPage.timeReaction);
    const left = page.waitForEvent('framenavigated');
    await page.locator(selector).first().click({ noWaitAfter: true });
    const ms = await reaction;
    await left;
    await page.waitForLoadState();
    return ms;
  };
}

it('every button shows within a tenth of a second that it was pressed', async () => {
  const patient = await PatientBrowser.open(set);
  const reactionTo = await stopwatch(patient);
  await patient.goTo(await invite(await newPatient(set.world)));
  expect(await reactionTo('form[action="/ow/redeem"] button')).toBeLessThan(100);
  await patient.reads('What would you like to share?');
  expect(await reactionTo(SAVE_CONSENTS)).toBeLessThan(100);
  await agreeToHeartRate(patient);
  await patient.reads('Which device do you wear?');
  expect(await reactionTo(deviceCard('oura'))).toBeLessThan(100);
  await patient.goTo('/ow/manage');
  expect(await reactionTo('form[action="/ow/manage/consents"] button')).toBeLessThan(100);
  expect(await reactionTo('.wx-pager a.btn')).toBeLessThan(100);
  await patient.close();
});

it('what was pressed is not pressed any more when the browser goes back to it', async () => {
  const patient = await PatientBrowser.open(set);
  await patient.goTo(await invite(await agreedPatient(set.world)));
  await begin(patient, PICKER);
  await patient.goTo('/ow/manage');
  await pressEnterOn(patient.page, '.wx-pager a.btn');
  await patient.page.goBack();
  await patient.reads('What you share, with whom');
  expect(await patient.page.locator('[aria-busy]').count()).toBe(0);
  await patient.close();
});

it('light and dark can be chosen, whatever the device prefers', async () => {
  const patient = await PatientBrowser.open(set);
  await patient.goTo(await invite(await newPatient(set.world)));
  const paper = async () => patient.page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await paper();
  await pressEnterOn(patient.page, 'button[name="theme"][value="dark"]');
  await patient.reads('invites you');
  expect(await paper()).not.toBe(light);
  await patient.look('launch-dark-chosen');
  await pressEnterOn(patient.page, 'button[name="theme"][value="light"]');
  expect(await paper()).toBe(light);
  await patient.close();
});

it('a consent stopped in another tab while the devices are shown: nothing is connected, and the page says why', async () => {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(stage));
  const tab = await patient.secondTab();
  await tab.goTo('/ow/manage');
  await stopSharing(tab);
  await tab.reads('Your answers are saved');
  await pressEnterOn(patient.page, deviceCard('oura'));
  await patient.reads('This device cannot be connected.');
  await patient.reads('Measures nothing that you agreed to share.');
  await patient.look('devices-consent-stopped');
  const attempts = await set.world.app.sql`
    select 1 from connect_attempts where patient_id = ${stage.patientId}`;
  expect(attempts).toHaveLength(0);
  await patient.close();
});
