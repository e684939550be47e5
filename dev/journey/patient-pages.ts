import assert from 'node:assert/strict';
import type { Stage } from './stage.js';
import { until } from './until.js';
import type { Page, Visitor } from './visitor.js';

/** Opens the link, begins, and waits until the pages are prepared. */
export async function acceptInvitation(visitor: Visitor, link: string): Promise<Page> {
  const launch = await visitor.open(link);
  assert.match(launch.text, /invites you/);
  const preparing = await visitor.submit(launch, 'form[action="/ow/redeem"]');
  return until('the pages are prepared', async () => {
    const page = await visitor.open(preparing.url);
    return page.html.querySelector('form[action="/ow/consents"]') !== null && page;
  });
}

/** Ticks Heart Rate and leaves the rest empty. */
export async function agreeToHeartRate({ visitor, world }: Stage): Promise<Page> {
  const consents = await visitor.open(`${world.config.SITE_URL}/ow/consents`);
  const line = lineOf(consents, 'label', /heart rate/i);
  return visitor.submit(consents, 'form[action="/ow/consents"]', { share: line, answer: 'save' });
}

/** Chooses Oura, signs in at the vendor, approves, and waits for the confirmation. */
export async function connectOura({ visitor, world }: Stage): Promise<Page> {
  const devices = await visitor.open(`${world.config.SITE_URL}/ow/devices`);
  const form = devices.html
    .querySelectorAll('form[action="/ow/connect"]')
    .find((f) => f.querySelector('button[value="oura"]'));
  assert.ok(form, 'Oura can be chosen');
  const leaving = await visitor.submit(devices, 'form:has(button[value="oura"])');
  const vendor = await visitor.follow(leaving);
  assert.match(vendor.url, /\/vendor\/oura\/oauth\/authorize/);
  const returned = await visitor.submit(vendor, 'form', { decision: 'approve' });
  return until('the connection is confirmed', async () => {
    const page = await visitor.open(new URL('/ow/complete', returned.url).toString());
    return page.text.includes('Successfully Connected') && page;
  });
}

/** Changes the answer to Heart Rate on the patient's own page. */
export async function saveSharing({ visitor, world }: Stage, answer: 'share' | 'stop'): Promise<Page> {
  const manage = await visitor.open(`${world.config.SITE_URL}/ow/manage`);
  const row = manage.html.querySelectorAll('.wx-share').find((item) => /heart rate/i.test(item.textContent));
  const name = row?.querySelector('input[type=radio]')?.getAttribute('name');
  assert.ok(name, 'the page asks about Heart Rate');
  const saved = await visitor.submit(manage, 'form[action="/ow/manage/consents"]', { [name]: answer });
  assert.match(saved.text, /Your answers are saved/);
  return saved;
}

/** The field value of the line whose label matches. */
function lineOf(page: Page, selector: string, words: RegExp): string {
  const label = page.html.querySelectorAll(selector).find((item) => words.test(item.textContent));
  const field = label && page.html.querySelector(`#${label.getAttribute('for') ?? ''}`);
  const value = field?.getAttribute('value');
  assert.ok(value, `the page asks about ${words.source}`);
  return value;
}
