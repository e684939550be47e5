import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { makeClinic } from '../helpers/clinic.js';
import { RawBrowser } from '../web/raw-browser.js';
import { inPage } from './in-page.js';
import { expectAccessible, expectNoSidewaysScroll, takePictures } from './look.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

const POINTS = 50_000;
/** Somebody who presses a button takes an answer within this for immediate. */
const IMMEDIATE_MS = 100;

let stage: BrowserStage;
let browser: Browser;
let page: Page;
let patient = 0;
const faults: string[] = [];
beforeAll(async () => {
  stage = await setBrowserStage();
  ({ browser } = stage);
  const { world } = stage;
  const { sql } = world.app;
  const patients = await makeClinic(sql, { patients: 5, days: 100, heartRatesADay: 1 });
  patient = patients[3] ?? 0;
  await sql`update patients set time_zone = 'America/Los_Angeles' where id = ${patient}`;
  // A point every two and a half minutes, over 87 days; a hundred of them corrected.
  await sql`
    insert into observations (patient_id, concept_id, data_source_id, effective_start, value, data_type, status,
                              identifier_system, identifier, provider, source, device, series)
    select patient_id, concept_id, data_source_id, now() - n * interval '150 seconds', 60 + n % 37, data_type,
           case when n % 500 = 250 then 'amended' else 'final' end, identifier_system, gen_random_uuid(), provider,
           source, device, series
    from (select * from observations where patient_id = ${patient} and data_type = 'heart_rate' limit 1) like_it
    cross join generate_series(1, ${POINTS}::integer) n`;
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
  const { cookie } = await RawBrowser.signIn(world, 'viewer_victor@example.com', SEED_PASSWORD);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: world.config.SITE_URL }]);
  page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  await open();
}, 120_000);
afterAll(async () => {
  expect(faults).toEqual([]);
  await page.context().close();
  await stage.close();
});

const ink = async () => Number(await page.evaluate(inPage.inkOnChart));
const span = async () => (await page.locator('#points-span').innerText()).split(' to ');
const press = async (name: string) => page.getByRole('button', { name, exact: true }).click();

async function open(): Promise<void> {
  await page.goto(
    `${stage.world.config.SITE_URL}/admin/patients/${patient}/points?type=heart_rate&range=quarter`,
  );
  await page.getByRole('button', { name: 'Closer' }).waitFor();
}

it(`${POINTS} points are zoomed within ${IMMEDIATE_MS} ms a step`, async () => {
  const times: number[] = [];
  for (let step = 0; step < 5; step += 1) times.push(Number(await page.evaluate(inPage.timeCloser)));
  await press('All');
  for (let step = 0; step < 4; step += 1) times.push(Number(await page.evaluate(inPage.timeCloser)));
  await press('All');
  times.sort((one, other) => one - other);
  expect(times[4], times.map(Math.round).join(', ')).toBeLessThan(IMMEDIATE_MS);
});

it('what is seen is told in the patient’s own time, nearer after a drag and by the buttons', async () => {
  const newest = new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    timeZone: 'America/Los_Angeles',
  });
  const [row] = await stage.world.app.sql<{ last: Date }[]>`
    select max(effective_start) as last from observations where patient_id = ${patient} and data_type = 'heart_rate'`;
  const [from, to] = await span();
  expect(to).toBe(`${newest.format(row?.last)}, America/Los Angeles`);
  const chart = await page.locator('#points .u-over').boundingBox();
  if (chart === null) throw new Error('there is no chart');
  await page.mouse.move(chart.x + chart.width / 4, chart.y + 50);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width / 2, chart.y + 50, { steps: 4 });
  await page.mouse.up();
  const dragged = await span();
  expect(dragged[0]).not.toBe(from);
  expect(dragged[1]).not.toBe(to);
  await press('Later');
  expect((await span())[0]).not.toBe(dragged[0]);
  await press('All');
  expect(await span()).toEqual([from, to]);
});

it('corrected points carry a mark that is seen, and no other point does', async () => {
  const marked = await ink();
  // The outline of a diamond of ten pixels, for each of many that do not touch.
  expect(marked).toBeGreaterThan(500);
  await expectNoSidewaysScroll(page, 'points');
  await expectAccessible(page, 'points');
  await takePictures(page, 'staff-points-many');
  for (let step = 0; step < 6; step += 1) await press('Closer');
  await takePictures(page, 'staff-points-close');
  await stage.world.app.sql`update observations set status = 'final' where patient_id = ${patient}`;
  await open();
  expect(await ink()).toBe(0);
});
