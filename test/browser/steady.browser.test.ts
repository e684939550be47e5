import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderPage } from '../../src/web/components/render-page.js';
import { type Language, languages } from '../../src/web/texts/languages.js';
import { CompletePage } from '../../src/web/views/patient/complete.js';
import type { FirstData } from '../../src/web/views/patient/first-data.js';
import { frame, log, rhythm, someDays, utc } from '../web/views/samples.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
let page: Page;
beforeAll(async () => {
  set = await setBrowserStage();
  page = await set.browser.newPage();
});
afterAll(async () => {
  await set.close();
});

const nothing: FirstData = {
  readings: 0,
  byDay: [],
  state: 'reading',
  readBack: { days: 90, daysDone: 0, percent: 0 },
  now: utc('21T09:44:40'),
};
const some: FirstData = {
  ...nothing,
  readings: 1,
  byDay: someDays,
  readBack: { days: 90, daysDone: 38, percent: 42, at: utc('14T00:00:00'), minutesLeft: 3 },
};
const much: FirstData = { ...some, readings: 1_234_567 };

/** What a page shows that is left open, in the order in which it happens. */
const lives = {
  read: [nothing, some, much, { ...much, state: 'read' }],
  rests: [some, { ...some, state: 'resting' }],
} as const;

async function placesOf(data: FirstData, language: Language, width: number) {
  const reader = { ...frame, texts: languages[language].texts, locale: language };
  const outcome = { is: 'connected', confirmedAt: utc('21T09:44:23'), data } as const;
  const html = await renderPage(
    CompletePage({ frame: reader, device: 'Ultrahuman', studies: [rhythm], log, outcome }),
  );
  await page.setViewportSize({ width, height: 780 });
  const address = new URL('/ow/complete', set.world.config.SITE_URL).toString();
  await page.route(address, (route) =>
    route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
  );
  await page.goto(address);
  const places = await page.evaluate<Record<string, number>>(`Object.fromEntries(
    [...document.querySelectorAll('[data-live], section')].map((part) => [part.id || part.getAttribute('aria-labelledby'), part.getBoundingClientRect().top]))`);
  await page.unroute(address);
  return places;
}

it.each(
  (['en', 'es'] as const).flatMap((language) => [360, 768, 1280].map((width) => [language, width] as const)),
)('what arrives while the page is open moves nothing: %s, %i px', async (language, width) => {
  for (const [life, states] of Object.entries(lives)) {
    const places = [];
    for (const data of states) places.push(await placesOf(data, language, width));
    for (const place of places) expect(place, life).toEqual(places[0]);
  }
});
