import { afterAll, beforeAll, expect, it } from 'vitest';
import { invite, newPatient } from '../web/stages.js';
import { agreeToHeartRate, begin, decide, leaveFor, SAVE_CONSENTS, stopSharing } from './journey.js';
import { pressEnterOn } from './keyboard.js';
import { PatientBrowser } from './patient-browser.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
beforeAll(async () => {
  set = await setBrowserStage();
});
afterAll(async () => {
  await set.close();
});

const ways = [
  { way: 'on a phone', width: 360 },
  { way: 'on a tablet', width: 768 },
  { way: 'on a desktop', width: 1280 },
  { way: 'without JavaScript', width: 360, javaScriptEnabled: false },
];

it.each(ways)('the whole way in and out, by keyboard alone, $way', async (options) => {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set, options);
  await wayIn(patient, await invite(stage));
  await wayOut(patient);
  await patient.close();
  const decisions = await set.world.app.sql<{ decision: string }[]>`
    select decision from consent_events where patient_id = ${stage.patientId} order by id`;
  expect(decisions.map(({ decision }) => decision)).toEqual(['agreed', 'stopped']);
});

async function wayIn(patient: PatientBrowser, link: string): Promise<void> {
  await patient.goTo(link);
  await patient.look('launch');
  await begin(patient);
  await patient.look('consents');
  await pressEnterOn(patient.page, SAVE_CONSENTS);
  await patient.reads('Tick at least one line');
  await patient.look('consents-nothing-ticked');
  await agreeToHeartRate(patient);
  await patient.reads('Which device do you wear?');
  await patient.look('devices');
  await leaveFor(patient, 'oura');
  await patient.look('vendor');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  await patient.look('complete');
  await patient.reads('Your data has arrived');
  await patient.look('complete-arrived');
}

async function wayOut(patient: PatientBrowser): Promise<void> {
  await pressEnterOn(patient.page, 'a.btn-primary[href="/ow/manage"]');
  await patient.reads('What you share, with whom');
  await patient.look('manage');
  await stopSharing(patient);
  await patient.reads('Your answers are saved');
  await patient.look('manage-stopped');
  await pressEnterOn(patient.page, 'form[action="/ow/sign-out"] button:visible');
  await patient.reads('You are signed out');
  await patient.look('signed-out');
}
