import type { Page } from 'playwright-core';
import { inPage } from './in-page.js';

const LONGEST_WAY = 60;

/** Walks with Tab until the focus is where the selector says, as a person without a pointer does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  for (let steps = 0; steps < LONGEST_WAY; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${selector}:focus`).count()) === 0) continue;
    if ((await page.evaluate(inPage.focusIsVisible)) === true) return;
    throw new Error(`the focus on ${selector} cannot be seen`);
  }
  throw new Error(`no Tab leads to ${selector} on ${new URL(page.url()).pathname}`);
}

/** Walks there and presses Enter; ends when another page is there. */
export async function pressEnterOn(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
}
