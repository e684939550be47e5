import { afterAll, beforeAll, expect, it } from 'vitest';
import { invite, newPatient } from '../web/stages.js';
import { inPage } from './in-page.js';
import { comeToTheDevices, decide, leaveFor } from './journey.js';
import { pressEnterOn, tabTo } from './keyboard.js';
import { PatientBrowser } from './patient-browser.js';
import { type BrowserStage, setBrowserStage } from './stage.js';

let set: BrowserStage;
beforeAll(async () => {
  set = await setBrowserStage();
});
afterAll(async () => {
  await set.close();
});

async function connectedPatient(): Promise<PatientBrowser> {
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(await newPatient(set.world)));
  await leaveFor(patient, 'oura');
  await decide(patient, 'approve');
  await patient.reads('Successfully Connected');
  return patient;
}

it('leaving a study is asked once more, by keyboard alone, and told when it is done', async () => {
  const patient = await connectedPatient();
  await patient.goTo('/ow/manage');
  await pressEnterOn(patient.page, '.wx-danger a');
  await patient.reads('You can leave without giving a reason');
  await patient.look('leave');
  await tabTo(patient.page, '#data-keep');
  await patient.page.keyboard.press('Space');
  await pressEnterOn(patient.page, '.btn-danger');
  await patient.reads('You have left the study');
  await patient.look('manage-left');
  await patient.close();
});

it('deleting the copy at Open Wearables is asked once more, and told', async () => {
  const patient = await connectedPatient();
  await patient.goTo('/ow/manage');
  await pressEnterOn(patient.page, 'form[action="/ow/manage/disconnect"] button');
  await patient.reads('The device is being disconnected');
  await patient.goTo('/ow/manage/delete/oura');
  await patient.reads('Delete what Open Wearables keeps of Oura?');
  await patient.look('delete-copy');
  await pressEnterOn(patient.page, '.btn-danger');
  await patient.reads('is being deleted');
  await patient.look('manage-deleting');
  await patient.close();
});

it('between our page and the maker’s stands a page that moves on by itself', async () => {
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(await newPatient(set.world)));
  await leaveFor(patient, 'oura');
  // Held for the picture.
  await patient.page.route('**/ow/leave', async (route) => {
    const answer = await route.fetch();
    const page = await answer.text();
    expect(page).toContain('http-equiv="refresh"');
    await route.fulfill({ response: answer, body: page.replace(/<meta http-equiv="refresh"[^>]*>/, '') });
  });
  await patient.goTo('/ow/leave');
  await patient.reads('Taking you to Oura');
  await patient.look('leaving');
  await patient.close();
});

it('an attempt that failed, a page that is not there, and a "no" at once, each say what it means', async () => {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set);
  await comeToTheDevices(patient, await invite(stage));
  await leaveFor(patient, 'oura');
  await set.world.app.sql`
    update connect_attempts set outcome = 'failed', ended_at = now() where patient_id = ${stage.patientId}`;
  await patient.goTo('/ow/complete');
  await patient.reads('Oura could not be connected');
  await patient.look('failed');
  await patient.goTo('/ow/nothing-here');
  await patient.reads('There is no page here');
  await patient.look('not-found');
  await patient.close();

  const decliner = await PatientBrowser.open(set);
  await decliner.goTo(await invite(await newPatient(set.world)));
  await pressEnterOn(decliner.page, 'button[value="decline"]');
  await decliner.reads('You are not taking part');
  await decliner.look('not-taking-part');
  await decliner.close();
});

it('whoever is not signed in asks for a fresh link; a link that the browser forgot is opened again', async () => {
  const patient = await PatientBrowser.open(set);
  await patient.goTo('/ow/manage');
  await patient.reads('You are signed out');
  await tabTo(patient.page, '#email');
  await patient.page.keyboard.type('somebody@example.com');
  await pressEnterOn(patient.page, 'form[action="/ow/fresh-link"] button');
  await patient.reads('Look into your mailbox');
  await patient.look('fresh-link-asked');

  await pressEnterOn(patient.page, 'footer a[href="/ow/help#help"]');
  await patient.reads('You lost your link');
  await patient.look('help');

  const stranger = await PatientBrowser.open(set);
  await patient.goTo(await invite(await newPatient(set.world)));
  await stranger.goTo(patient.page.url());
  await stranger.reads('Open the link in your message once more');
  await stranger.look('forgotten-link');
  await stranger.close();
  await patient.close();
});

it('the log is copied for whoever helps', async () => {
  const patient = await PatientBrowser.open(set);
  // This page stays as it is: one that becomes another takes the focus along.
  await comeToTheDevices(patient, await invite(await newPatient(set.world)));
  await patient.page.evaluate(inPage.catchCopies);
  await tabTo(patient.page, 'button[data-copy]');
  await patient.page.keyboard.press('Enter');
  await patient.page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = String(await patient.page.evaluate('window.copied'));
  expect(copied).toMatch(/\d\d:\d\d.*✓ +Invitation issued/);
  expect(copied).toMatch(/Reference +P-\d+/);
  await patient.close();
});

it('the page tells of each device on which of the last days data came', async () => {
  const patient = await connectedPatient();
  await patient.reads('Your data has arrived');
  await patient.goTo('/ow/manage');
  await patient.reads('Strips show the last 14 days');
  const strip = patient.page.getByRole('img', { name: /^Oura, last 14 days: data on [23] of them$/ });
  expect(await strip.locator('i.k-ok').count()).toBeGreaterThan(1);
  expect(await strip.locator('i').count()).toBe(14);
  await patient.look('manage-strips');
  await patient.close();
});
