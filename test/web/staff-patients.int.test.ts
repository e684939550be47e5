import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { CLINIC, makeClinic } from '../helpers/clinic.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';

let world: TestWorld;
let megan: RawBrowser;
beforeAll(async () => {
  world = await startTestWorld();
  await makeClinic(world.app.sql, { patients: 60, days: 20, heartRatesADay: 6 });
  megan = await RawBrowser.signIn(world, 'member_megan@example.com', SEED_PASSWORD);
});
afterAll(async () => {
  await world.close();
});

const open = async (path: string, browser = megan) => parse(await (await browser.get(path)).text());
const rowsOf = (page: Awaited<ReturnType<typeof open>>) =>
  page.querySelectorAll('tbody tr').map(({ innerHTML }) => innerHTML.replace(/(<[^>]*>|\s)+/g, ' ').trim());
/** The rows of all pages of a list, one after the other. */
async function everyRow(path: string): Promise<string[]> {
  const page = await open(path);
  const next = page.querySelector('a[rel=next]')?.getAttribute('href');
  return [...rowsOf(page), ...(next === undefined ? [] : await everyRow(next))];
}
const filters = (page: Awaited<ReturnType<typeof open>>) =>
  page.querySelectorAll('nav[aria-label=Status] a').map((link) => link.textContent.trim());

it('lists those who need a look first, each once, page after page, and as many as the filter says', async () => {
  const list = `/admin/patients?study=${CLINIC.studyId}`;
  const first = await open(list);
  expect(filters(first)).toEqual([
    'All60',
    'Needs a look24',
    'Data arrives30',
    'Being connected6',
    'No consent0',
    'In no study0',
  ]);
  const seen = await everyRow(list);
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
  const look = seen.map((row) => /Needs reconnecting|Silent|Could not read|rejected/.test(row));
  expect(look.lastIndexOf(true)).toBe(23);
});

it('tells apart who lost access, is silent, could not be read, was refused, was invited and is well', async () => {
  const list = (show: string) => everyRow(`/admin/patients?study=${CLINIC.studyId}&show=${show}`);
  const look = (await list('look')).join('\n');
  for (const words of [
    'Needs reconnecting Oura ended our access',
    'Silent for 71 h The connection works, Oura has nothing new.',
    'Could not read Since',
    '1 rejected 1 record could not be understood',
  ])
    expect(look).toContain(words);
  expect((await list('connecting')).join('\n')).toContain('Invited Sent on');
  const arriving = (await list('arriving')).join('\n');
  expect(arriving).toContain('Nothing new The newest reading found nothing new.');
  expect(arriving).toContain('4 of 5 agreed 1 not shared.');
});

it('finds by a part of the name, of the address, or by number, in the own organizations only', async () => {
  const search = async (text: string, browser = megan) => {
    const csrf = await browser.csrf('/admin/patients');
    return rowsOf(parse(await (await browser.post('/admin/patients/search', { csrf, text })).text()));
  };
  expect(await search('PAMELA RANDALL')).toHaveLength(1);
  expect(await search('ll_patient_peter@')).toHaveLength(1);
  expect((await search('40001'))[0]).toContain('Peter Morris');
  expect(await search('Pa%')).toEqual([]);
  expect(await search('Percy')).toEqual([]);
  const mark = await RawBrowser.signIn(world, 'manager_mark@example.com', SEED_PASSWORD);
  expect(await search('Percy', mark)).toHaveLength(1);
  expect(await search('Pamela', mark)).toEqual([]);
});

it('shows nobody of another organization, whatever the address asks for', async () => {
  const mark = await RawBrowser.signIn(world, 'manager_mark@example.com', SEED_PASSWORD);
  expect(rowsOf(await open('/admin/patients', mark)).join()).not.toContain('Peter');
  expect((await mark.get(`/admin/patients?study=${CLINIC.studyId}`)).status).toBe(404);
  expect((await mark.get('/admin/patients?after=99~1&show=nothing&study=x')).status).toBe(200);
});
