import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { acceptInvitation, agreeToHeartRate, connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import type { Page } from '../../dev/journey/visitor.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { agreedPatient, invite, leaveForOura, newPatient, openPage } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterEach(() => {
  world.sandbox.control.faults.clear();
});
afterAll(async () => {
  await world.close();
});

/** From now on Open Wearables fails; the vendor's own pages go on. */
function upstreamFails(path = /^\/api\//): void {
  world.sandbox.control.faults.failNext({ path }, { status: 503, body: 'upstream <b>secret</b>' }, 1e6);
}

function upstreamRecovers(): void {
  world.sandbox.control.faults.clear();
}

function expectDown(page: Page): void {
  expect(page.status).toBe(503);
  expect(page.text).toContain('We cannot reach the device makers right now');
  expect(page.text).not.toContain('secret');
}

it('down while the invitation is redeemed: the patient waits and goes on when it is back', async () => {
  const stage = await newPatient(world);
  const link = await invite(stage);
  const launch = await stage.visitor.open(link);
  upstreamFails();
  const waiting = await stage.visitor.submit(launch, 'form[action="/ow/redeem"]');
  expect(waiting.url).toMatch(/\/ow\/preparing$/);
  upstreamRecovers();
  await until('the pages are prepared', async () =>
    (await openPage(stage, '/ow/preparing')).url.endsWith('/ow/consents'),
  );
});

it('down while devices are chosen: a page that looks again, answers kept, then it works', async () => {
  const stage = await newPatient(world);
  await acceptInvitation(stage.visitor, await invite(stage));
  upstreamFails();
  const down = await agreeToHeartRate(stage);
  expectDown(down);
  const answer = await stage.visitor.open(`${world.config.SITE_URL}/ow/manage`);
  expect(answer.text).toContain('Heart rateShared');
  upstreamRecovers();
  await connectOura(stage);
});

it('down while the sign-in address is fetched: the attempt has failed, the next one works', async () => {
  const stage = await agreedPatient(world);
  const devices = await openPage(stage, '/ow/devices');
  for (const path of [/authorize$/, /connections$/, /oauth\/providers$/]) {
    upstreamFails(path);
    expectDown(await stage.visitor.submit(devices, 'form:has(button[value="oura"])'));
    upstreamRecovers();
  }
  await connectOura(stage);
});

it("down while the vendor's answer comes back: the same answer works later", async () => {
  const stage = await agreedPatient(world);
  const vendor = await leaveForOura(stage);
  upstreamFails();
  const down = await stage.visitor.submit(vendor, 'form', { decision: 'approve' });
  expectDown(down);
  const again = down.html.querySelector('.wx-actions a')?.getAttribute('href') ?? '';
  expect(again).toMatch(/^\/api\/v1\/oauth\/oura\/callback\?/);
  upstreamRecovers();
  await openPage(stage, again);
  await until('the connection is confirmed', async () =>
    (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
  );
});

it('down while the connection is confirmed: the page waits, and says connected only afterwards', async () => {
  const stage = await agreedPatient(world);
  const vendor = await leaveForOura(stage);
  upstreamFails(/connections$/);
  await stage.visitor.submit(vendor, 'form', { decision: 'approve' });
  const waiting = await openPage(stage, '/ow/complete');
  expect(waiting.status).toBe(200);
  expect(waiting.text).toContain('Waiting for Oura');
  upstreamRecovers();
  await until('the connection is confirmed', async () =>
    (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
  );
});

it('down while a device is disconnected: the page says it is being done, and it is, later', async () => {
  const stage = await agreedPatient(world);
  await connectOura(stage);
  upstreamFails();
  const manage = await openPage(stage, '/ow/manage');
  const done = await stage.visitor.submit(manage, 'form[action="/ow/manage/disconnect"]');
  expect(done.text).toContain('The device is being disconnected');
  upstreamRecovers();
  await until('Open Wearables confirmed the disconnect', () => stage.isDisconnected());
});

it('a refused API key is our trouble, not the patient’s: the same page, and no word of the key', async () => {
  const stage = await agreedPatient(world);
  const devices = await openPage(stage, '/ow/devices');
  await world.app.settings.write('ow.api_key', 'sk-00000000000000000000000000000000', null);
  expectDown(await stage.visitor.submit(devices, 'form:has(button[value="oura"])'));
  await world.app.settings.unset('ow.api_key');
  expect(world.logLines.join('')).toContain('KeyRejected');
  expect(world.logLines.join('')).not.toContain('sk-0000');
  await connectOura(stage);
});
