import type { Browser } from 'playwright-core';
import { openWindow, picture } from './album.js';

/** The patient opens the link on a phone, agrees to everything, and connects an Oura ring. */
export async function followInvitation(browser: Browser, link: string): Promise<void> {
  const page = await openWindow(browser, 'phone');
  const reads = (words: string | RegExp) => page.getByText(words).first().waitFor();
  await page.goto(link);
  await picture(page, 'patient-invitation');
  await page.locator('button[value="begin"]').click();
  await reads('What would you like to share?');
  await picture(page, 'patient-consents');
  for (const box of await page.locator('.wx-consent input[type=checkbox]').all()) await box.check();
  await page.locator('button[value="save"]').click();
  await reads('Which device do you wear?');
  await picture(page, 'patient-devices');
  await page.locator('button[name="provider"][value="oura"]').click();
  await reads(/^Sign in to /);
  await page.locator('button[value="approve"]').click();
  await reads('Successfully Connected');
  await reads('Your data has arrived');
  await picture(page, 'patient-connected', page.locator('section[aria-labelledby="arriving-h"]'));
  await page.locator('a.btn-primary[href="/ow/manage"]').click();
  await reads('What you share, with whom');
  await picture(page, 'patient-manage');
  await page.context().close();
}
