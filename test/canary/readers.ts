import { Caller } from '../api/caller.js';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { invite, newPatient, openPage } from '../web/stages.js';
import { acceptInvitation } from '../../dev/journey/patient-pages.js';
import type { Stage } from '../../dev/journey/stage.js';
import { RawBrowser } from '../web/raw-browser.js';
import type { CanaryWorld } from './world.js';

const staffPaths = (patientId: number) => [
  '/admin/',
  '/admin/patients',
  `/admin/patients/${patientId}`,
  `/admin/patients/${patientId}/observations`,
  `/admin/patients/${patientId}/days`,
  `/admin/patients/${patientId}/consents`,
  `/admin/patients/${patientId}/figures?type=heart_rate`,
  `/admin/patients/${patientId}/points?type=heart_rate`,
  `/admin/patients/${patientId}/points.json?type=heart_rate`,
  '/admin/invitations',
  '/admin/studies',
  '/admin/studies/30001',
  '/admin/attention',
  '/admin/audit',
  '/admin/dead-letters',
  '/admin/dead-letters/1',
  '/admin/settings',
  '/admin/health',
  '/admin/tokens',
  '/admin/account',
];
const apiPaths = (patientId: number) => [
  '/api/v1/patients',
  `/api/v1/patients/${patientId}`,
  `/api/v1/patients/${patientId}/consents`,
  `/api/v1/patients/${patientId}/wearable-status`,
  '/api/v1/users',
  '/api/v1/practitioners',
  '/api/v1/observations',
  `/api/v1/observations?patient_id=${patientId}`,
  '/api/v1/jhe_settings',
  '/FHIR/R5/Patient',
  `/FHIR/R5/Patient/${patientId}`,
  '/FHIR/R5/Observation',
  `/FHIR/R5/Observation?patient=${patientId}`,
];
const OWN_PAGES = [
  ...['/ow/devices', '/ow/complete', '/ow/consents', '/ow/manage', '/ow/help'],
  ...['/ow/manage/my-data.csv', '/ow/manage/my-data.jsonl'],
];

/** What everybody reads: another patient, the staff of another clinic, and nobody; and the person and the own clinic. */
export async function readEverywhere(world: CanaryWorld, person: Stage): Promise<Map<string, string[]>> {
  const other = await newPatient(world);
  await acceptInvitation(other.visitor, await invite(other));
  const { patientId } = person;
  return new Map([
    ['pages of another patient', await ownPages(other)],
    ['pages of another clinic', await staffPages(world, patientId, 'manager_mark@example.com')],
    ['answers to another clinic', await answers(world, patientId, 'manager_mark@example.com')],
    ['answers to another patient', await answers(world, patientId, 'll_patient_peter@example.com')],
    ['pages of nobody', await pagesOf(world, [...staffPaths(patientId), ...OWN_PAGES, '/metrics', '/ready'])],
    ['pages of the person', await ownPages(person)],
    ['pages of the own clinic', await staffPages(world, patientId, 'manager_mary@example.com')],
    ['pages of an operator', await staffPages(world, patientId, 'admin@example.com')],
    ['answers to the own clinic', await answers(world, patientId, 'manager_mary@example.com')],
  ]);
}

async function ownPages(stage: Stage): Promise<string[]> {
  const pages = [];
  for (const path of OWN_PAGES) pages.push((await openPage(stage, path)).html.toString());
  return pages;
}

async function staffPages(world: CanaryWorld, patientId: number, email: string): Promise<string[]> {
  const browser = await RawBrowser.signIn(world, email, SEED_PASSWORD);
  const pages = [];
  for (const path of staffPaths(patientId)) pages.push(await (await browser.get(path)).text());
  return pages;
}

async function answers(world: CanaryWorld, patientId: number, email: string): Promise<string[]> {
  const caller = await Caller.of(world, email);
  const bodies = [];
  for (const path of apiPaths(patientId)) bodies.push(JSON.stringify((await caller.get(path)).body));
  return bodies;
}

async function pagesOf(world: CanaryWorld, paths: readonly string[]): Promise<string[]> {
  const pages = [];
  for (const path of paths) pages.push(await (await fetch(new URL(path, world.config.SITE_URL))).text());
  return pages;
}
