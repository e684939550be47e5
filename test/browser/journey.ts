import { pressEnterOn, tabTo } from './keyboard.js';
import type { PatientBrowser } from './patient-browser.js';

export const SAVE_CONSENTS = 'button[value="save"]';
export const deviceCard = (provider: string) => `button[name="provider"][value="${provider}"]`;

export const PICKER = 'Which device do you wear?';

/** The first click: from the open invitation, by way of the page that waits, to what is still to be done. */
export async function begin(patient: PatientBrowser, next = 'What would you like to share?'): Promise<void> {
  await pressEnterOn(patient.page, 'form[action="/ow/redeem"] button');
  await patient.reads(next);
}

/** Agrees to Heart Rate, leaves the rest open, and saves. */
export async function agreeToHeartRate({ page }: PatientBrowser): Promise<void> {
  await tabTo(page, '.wx-consent:has-text("Heart rate") input[type=checkbox]');
  await page.keyboard.press('Space');
  await pressEnterOn(page, SAVE_CONSENTS);
}

/** From the link to the picker of devices. */
export async function comeToTheDevices(patient: PatientBrowser, link: string): Promise<void> {
  await patient.goTo(link);
  await begin(patient);
  await agreeToHeartRate(patient);
  await patient.reads('Which device do you wear?');
}

/** Presses the device's card and stands before its maker's sign-in page. */
export async function leaveFor(patient: PatientBrowser, provider: string): Promise<void> {
  await pressEnterOn(patient.page, deviceCard(provider));
  await patient.reads(/^Sign in to /);
}

/** Answers on the maker's page. */
export async function decide(patient: PatientBrowser, decision: 'approve' | 'deny'): Promise<void> {
  await pressEnterOn(patient.page, `button[value="${decision}"]`);
}

/** Stops sharing heart rate on the page of one's own. */
export async function stopSharing({ page }: PatientBrowser): Promise<void> {
  await tabTo(page, '.wx-share:has-text("Heart rate") input[value=share]');
  await page.keyboard.press('ArrowDown');
  await pressEnterOn(page, 'form[action="/ow/manage/consents"] button');
}
