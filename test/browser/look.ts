import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inPage } from './in-page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const sizes = {
  phone: { width: 360, height: 780 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
} as const;
const schemes = ['light', 'dark'] as const;
const pictures = new Set<string>();

/** Every rule, none switched off. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  await page.evaluate(axe);
  expect(await page.evaluate(inPage.axe), state).toEqual([]);
}

/** A starved machine paints the header before its last word is read: that moves a few pixels, thousandths of the page. */
export async function expectNoLayoutShift(page: Page, state: string): Promise<void> {
  const { far, parts } = await page.evaluate<{ far: number; parts: string[] }>(inPage.layoutShift);
  expect(far, `layout shift of ${state}: ${parts.join(' | ')}`).toBeCloseTo(0, 2);
}

/** Every picture beside a word is there: a symbol that the browser does not find is a hole without width. */
export async function expectIconsDrawn(page: Page, state: string): Promise<void> {
  expect(await page.evaluate(inPage.holes), `icons missing in ${state}`).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  expect(await page.evaluate(inPage.scrollsSideways), `${state} scrolls sideways`).toBe(false);
}

/**
 * The state as a picture, on a phone, a tablet and a desktop, light and dark, for people to look at; once for a state, however
 * many journeys come by.
 */
export async function takePictures(page: Page, state: string): Promise<void> {
  if (pictures.has(state)) return;
  await expectIconsDrawn(page, state);
  pictures.add(state);
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const name = `${state}.${size}.${colorScheme}`;
      await page.screenshot({ path: `test-results/screenshots/${name}.png`, fullPage: true });
    }
    await expectNoSidewaysScroll(page, `${state}.${size}`);
  }
  // The colours are dark now; the light ones are checked at the width of each journey.
  await expectAccessible(page, `${state} in dark`);
  if (before !== null) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}
