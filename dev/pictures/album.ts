import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';

export const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

/** Who looks through which window. */
const windows = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 980 },
} as const;

/** A page in a browser of its own, as somebody sees it who likes the light. */
export async function openWindow(browser: Browser, kind: keyof typeof windows): Promise<Page> {
  const context = await browser.newContext({
    ...{ viewport: windows[kind], locale: 'en-GB', timezoneId: 'Europe/Berlin' },
    ...{ reducedMotion: 'reduce', colorScheme: 'light' },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

/** Takes what the window shows: the page from its top, or this part of it. */
export async function picture(page: Page, name: string, part?: Locator): Promise<void> {
  await page.waitForLoadState('load');
  if (part === undefined) await page.evaluate('scrollTo(0, 0)');
  const file = path.join(PICTURES, `${name}.png`);
  await mkdir(PICTURES, { recursive: true });
  await (part ?? page).screenshot({ path: file });
  process.stdout.write(`  ${name}.png  ${Math.round((await stat(file)).size / 1024)} KB\n`);
}
