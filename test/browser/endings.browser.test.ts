import { afterAll, beforeAll, expect, it } from 'vitest';
import { STUDY, type Stage } from '../../dev/journey/stage.js';
import { agreedPatient, invite, newPatient } from '../web/stages.js';
import {
  agreeToHeartRate,
  begin,
  comeToTheDevices,
  decide,
  deviceCard,
  leaveFor,
  PICKER,
} from './journey.js';
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

/** A patient who has come as far as the picker of devices. */
async function atTheDevices(): Promise<{ stage: Stage; patient: PatientBrowser }> {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(stage));
  return { stage, patient };
}

it('a "no" at the maker ends on a page that says so, and trying again works', async () => {
  const { patient } = await atTheDevices();
  await leaveFor(patient, 'oura');
  await decide(patient, 'deny');
  await patient.reads('You chose not to allow access');
  await patient.look('denied');
  await pressEnterOn(patient.page, 'form[action="/ow/connect"] button');
  await patient.reads('Sign in to Oura');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  await patient.close();
});

it('a sign-in page that is not known to be of the maker is not left for, and the page says so', async () => {
  const { patient } = await atTheDevices();
  const body = JSON.stringify({ authorization_url: 'https://evil.example/oauth/authorize', state: 'x' });
  set.world.sandbox.control.faults.failNext({ path: /oauth\/oura\/authorize$/ }, { status: 200, body });
  await pressEnterOn(patient.page, deviceCard('oura'));
  await patient.reads('a sign-in page that we do not know as Oura’s own');
  await patient.look('foreign-sign-in');
  await patient.close();
});

it('an attempt that nobody ended in time offers another one', async () => {
  const { stage, patient } = await atTheDevices();
  await leaveFor(patient, 'oura');
  await patient.goTo('/ow/complete');
  await patient.reads('Waiting for Oura');
  await patient.look('waiting');
  await set.world.app.sql`
    update connect_attempts set outcome = 'expired', ended_at = now() where patient_id = ${stage.patientId}`;
  await patient.goTo('/ow/complete');
  await patient.reads('That took longer than 15 minutes');
  await patient.look('timed-out');
  await patient.close();
});

it('an expired link, and a used one, say what to do and nothing else', async () => {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set);
  const expired = await invite(stage);
  await set.world.app.sql`
    update invitations set expires_at = '2026-01-14 12:00Z' where patient_id = ${stage.patientId}`;
  await patient.goTo(expired);
  await patient.reads('This invitation has ended');
  await patient.look('expired');

  const link = await invite(stage);
  await patient.goTo(link);
  await begin(patient);
  const stranger = await PatientBrowser.open(set);
  await stranger.goTo(link);
  await stranger.reads('This link does not work any more');
  await stranger.look('used');
  await stranger.close();
  await patient.close();
});

it.each(['?code=', '#t='])('the address of a link with %s forgets the code at once', async (place) => {
  const link = (await invite(await newPatient(set.world))).replace('?code=', place);
  const patient = await PatientBrowser.open(set);
  await patient.goTo(link);
  await patient.reads('invites you');
  const token = link.split('_').at(-1) ?? '';
  expect(token).toHaveLength(43);
  const written = [patient.page.url(), await patient.page.content()].join();
  expect(written).toContain('/ow/?link=');
  expect(written).not.toContain(token);
  expect(await patient.page.evaluate('history.length')).toBeLessThanOrEqual(place === '#t=' ? 3 : 2);
  await begin(patient);
  await patient.close();
});

it('coming back in another browser connects nothing and says where to go on', async () => {
  const { patient } = await atTheDevices();
  await leaveFor(patient, 'oura');
  const stranger = await PatientBrowser.open(set);
  await stranger.goTo(patient.page.url());
  await decide(stranger, 'approve');
  await stranger.reads('You came back in another browser');
  await stranger.look('other-browser');
  await stranger.close();
  await patient.close();
});

it('a patient who stops half-way goes on in another browser with a fresh link', async () => {
  const stage = await agreedPatient(set.world);
  const patient = await PatientBrowser.open(set);
  await patient.goTo(await invite(stage));
  await begin(patient, PICKER);
  expect(await patient.page.locator(deviceCard('oura')).count()).toBe(1);
  await patient.goTo('/ow/consents');
  await patient.look('consents-partly-answered');
  await patient.close();
});

it('a second device is connected beside the first, and the page tells all states apart', async () => {
  await set.world.app.sql`
    insert into study_data_sources (study_id, data_source_id)
    select ${STUDY.studyId}, id from data_sources where provider = 'fitbit'`;
  const { patient } = await atTheDevices();
  await leaveFor(patient, 'oura');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  await patient.goTo('/ow/devices');
  await patient.reads('Already connected.');
  await patient.look('devices-second');
  await leaveFor(patient, 'fitbit');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  await patient.goTo('/ow/manage');
  await patient.reads('Fitbit');
  await patient.look('manage-two-devices');
  await patient.close();
});

it('long names wrap on every page', async () => {
  const study =
    'Langzeitherzfrequenzvariabilitätsbeobachtung of People who Wear a Ring at Night and a Watch by Day';
  const organization =
    'Universitätsklinikum für Herzkreislaufforschung and the Department of Preventive Medicine';
  await set.world.app.sql`update studies set name = ${study} where id = ${STUDY.studyId}`;
  await set.world.app.sql`update organizations set name = ${organization} where id = ${STUDY.organizationId}`;
  const patient = await PatientBrowser.open(set);
  await patient.goTo(await invite(await newPatient(set.world)));
  await patient.reads(`invites you to the study “${study}”`);
  await patient.look('long-launch');
  await begin(patient);
  await patient.look('long-consents');
  await agreeToHeartRate(patient);
  await patient.goTo('/ow/manage');
  await patient.look('long-manage');
  await patient.close();
});
