import { afterAll, beforeAll, expect, it } from 'vitest';
import { invite, newPatient } from '../web/stages.js';
import { decide, deviceCard, SAVE_CONSENTS } from './journey.js';
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

it('a browser that asks for Spanish is spoken to in Spanish, from the invitation to the sign-out', async () => {
  const stage = await newPatient(set.world);
  const patient = await PatientBrowser.open(set, { locale: 'es-MX' });
  const { page } = patient;
  await patient.goTo(await invite(stage));
  await patient.reads('le invita a participar en el estudio');
  expect(await page.getAttribute('html', 'lang')).toBe('es');
  await patient.look('es-launch');
  await pressEnterOn(page, 'form[action="/ow/redeem"] button');
  await patient.reads('¿Qué desea compartir?');
  await pressEnterOn(page, SAVE_CONSENTS);
  await patient.reads('Marque al menos una línea');
  await patient.look('es-consents');
  await tabTo(page, '.wx-consent:has-text("Frecuencia cardíaca") input[type=checkbox]');
  await page.keyboard.press('Space');
  await pressEnterOn(page, SAVE_CONSENTS);
  await patient.reads('¿Qué dispositivo lleva usted?');
  await patient.look('es-devices');
  await pressEnterOn(page, deviceCard('oura'));
  await patient.reads(/^Sign in to /);
  await decide(patient, 'approve');
  await patient.reads('Conectado correctamente');
  await patient.reads('Sus datos han llegado');
  await patient.look('es-complete');
  await pressEnterOn(page, 'a.btn-primary[href="/ow/manage"]');
  await patient.reads('Qué comparte, con quién');
  await patient.look('es-manage');
  await patient.goTo('/ow/help#rights');
  await patient.look('es-help');
  await patient.goTo('/ow/manage');
  await pressEnterOn(page, 'form[action="/ow/sign-out"] button:visible');
  await patient.reads('Ha cerrado la sesión');
  await patient.look('es-signed-out');
  await patient.close();
  const [consent] = await set.world.app.sql<{ version: string }[]>`
    select text_version as version from consent_events where patient_id = ${stage.patientId}`;
  expect(consent?.version).toBe('2026-11-es');
});

it.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the switch shows the same page in the other language, and back, %s', async (_how, javaScriptEnabled) => {
  const patient = await PatientBrowser.open(set, { javaScriptEnabled });
  await patient.goTo(await invite(await newPatient(set.world)));
  const address = patient.page.url();
  await pressEnterOn(patient.page, 'button[name="language"][value="es"]');
  await patient.reads('le invita a participar');
  expect(patient.page.url()).toBe(address);
  await pressEnterOn(patient.page, 'button[name="language"][value="en"]');
  await patient.reads('invites you to');
  await patient.close();
});
