import type { Browser, Page } from 'playwright-core';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { openWindow, picture } from './album.js';

export async function signIn(browser: Browser, site: string, email: string): Promise<Page> {
  const page = await openWindow(browser, 'desk');
  await page.goto(`${site}/admin/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(SEED_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  return page;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const reads = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

/** Founds a study that asks for these, from Oura, through our own pages. */
export async function foundStudy(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Studies' }).click();
  await page.getByRole('link', { name: 'New study' }).click();
  await page.getByLabel('Name').fill('Hearts at rest');
  await page
    .getByLabel('What it is for')
    .fill('How the heart rests at night, and what a week of work changes.');
  await press(page, 'Found the study');
  await reads(page, 'The study is there');
  await choose(page, 'Change the kinds of data', [/^Heart Rate/]);
  await reads(page, 'The kinds of data are saved');
  await choose(page, 'Change the wearables', [/^Oura/]);
  await choose(page, 'Change the clients', [/^OW Local/]);
  await picture(page, 'study');
}

async function choose(page: Page, title: string, labels: readonly RegExp[]): Promise<void> {
  const part = page.locator('details', { hasText: title });
  await part.locator('summary').click();
  for (const label of labels) await part.getByLabel(label).first().check();
  await part.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').first().waitFor();
}

/** Adds a patient to that study and answers the link of their invitation. */
export async function invitePatient(page: Page, given: string, family: string): Promise<string> {
  await page.getByRole('link', { name: 'Patients', exact: true }).first().click();
  await page.getByRole('link', { name: 'Add patient' }).first().click();
  await page.getByLabel('Given name').fill(given);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('E-mail').fill(`${given.toLowerCase()}@example.com`);
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByLabel('Organization').selectOption({ label: 'Lifespan Lab' });
  await page.getByLabel('Study').selectOption({ label: 'Hearts at rest' });
  await picture(page, 'new-patient', page.locator('main'));
  await press(page, 'Add patient');
  await reads(page, 'The patient is added');
  await press(page, /Invite with a link/);
  const link = page.getByLabel(`Link for ${given} ${family}`);
  await link.waitFor();
  await picture(page, 'invitation', page.locator('main'));
  return link.inputValue();
}

/** The pages that tell how it goes with the data. */
export async function lookAround(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Patients', exact: true }).first().click();
  await picture(page, 'patients');
  await page.getByRole('link', { name }).first().click();
  await reads(page, 'stored of expected');
  await picture(page, 'patient');
  await picture(page, 'heart-rate', page.locator('section[aria-labelledby="heart_rate-h"]'));
}
