import { afterAll, afterEach, beforeAll, it } from 'vitest';
import { invite, newPatient } from '../web/stages.js';
import { agreeToHeartRate, decide, deviceCard, leaveFor } from './journey.js';
import { pressEnterOn } from './keyboard.js';
import { PatientBrowser } from './patient-browser.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
beforeAll(async () => {
  set = await setBrowserStage();
});
afterEach(() => {
  set.world.sandbox.control.faults.clear();
});
afterAll(async () => {
  await set.close();
});

function upstreamFails(path = /^\/api\//): void {
  set.world.sandbox.control.faults.failNext({ path }, { status: 503, body: 'upstream' }, 1e6);
}

function upstreamRecovers(): void {
  set.world.sandbox.control.faults.clear();
}

const DOWN = 'We cannot reach the device makers right now';
const TRY_NOW = '.wx-actions a';

it('Open Wearables down at every step: each page says so, and its way on works once it is back', async () => {
  const patient = await PatientBrowser.open(set);
  const { page } = patient;
  await patient.goTo(await invite(await newPatient(set.world)));
  upstreamFails();
  await pressEnterOn(page, 'form[action="/ow/redeem"] button');
  await patient.reads('Preparing your pages');
  await patient.look('preparing');
  upstreamRecovers();
  await patient.reads('What would you like to share?');

  upstreamFails();
  await agreeToHeartRate(patient);
  await patient.reads(DOWN);
  await patient.look('down-devices');
  upstreamRecovers();
  await pressEnterOn(page, TRY_NOW);
  await patient.reads('Which device do you wear?');

  upstreamFails(/authorize$/);
  await pressEnterOn(page, deviceCard('oura'));
  await patient.reads(DOWN);
  await patient.look('down-connect');
  upstreamRecovers();
  await pressEnterOn(page, TRY_NOW);
  await patient.reads('Which device do you wear?');

  await leaveFor(patient, 'oura');
  upstreamFails();
  await decide(patient, 'approve');
  await patient.reads(DOWN);
  await patient.look('down-return');
  upstreamRecovers();
  await pressEnterOn(page, TRY_NOW);
  await patient.reads('Successfully Connected');

  upstreamFails();
  await patient.goTo('/ow/manage');
  await pressEnterOn(page, 'form[action="/ow/manage/disconnect"] button');
  await patient.reads('The device is being disconnected');
  await patient.look('manage-disconnecting');
  await patient.close();
});
