import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_PASSWORD } from '../../src/db/seed/world.js';
import { RawBrowser } from './raw-browser.js';
import { invite, newPatient } from './stages.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

const PROXY = { TRUSTED_PROXIES: '127.0.0.0/8,::1/128', RATE_LIMIT_FACTOR: '1' };

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld(PROXY);
});
afterAll(async () => {
  await world.close();
});

const EMAIL = 'member_megan@example.com';

async function post(path: string, from: string, fields: Record<string, string>): Promise<Response> {
  return fetch(`${world.http.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: world.config.SITE_URL, 'X-Forwarded-For': from },
    body: new URLSearchParams(fields),
  });
}

const signIn = (from: string, password: string, email = EMAIL) =>
  post('/admin/sign-in', from, { email, password });

it('who guesses passwords is held up, and the owner of the account is not', async () => {
  for (let tries = 0; tries < 10; tries += 1)
    expect((await signIn('198.51.100.1', 'a guess')).status).toBe(401);
  const heldUp = await signIn('198.51.100.1', SEED_PASSWORD);
  expect(heldUp.status).toBe(429);
  expect(Number(heldUp.headers.get('retry-after'))).toBeGreaterThan(800);
  expect(await heldUp.text()).toMatch(/Too many tries\. Try again in 1[45] minutes\./);
  expect((await signIn('203.0.113.7', SEED_PASSWORD)).status).toBe(303);
});

it('who tries many accounts is held up, others are not', async () => {
  const tries = Array.from({ length: 101 }, (_, at) => `nobody-${at}@example.org`);
  const statuses: number[] = [];
  for (const email of tries) statuses.push((await signIn('198.51.100.2', 'a guess', email)).status);
  expect(statuses.at(-1)).toBe(429);
  expect((await signIn('203.0.113.7', SEED_PASSWORD)).status).toBe(303);
}, 120_000);

it('who signs in often is never held up', async () => {
  for (let times = 0; times < 12; times += 1)
    expect((await signIn('203.0.113.8', SEED_PASSWORD)).status).toBe(303);
});

it('who tries links is held up', async () => {
  const unknown = 'A'.repeat(43);
  const api = async (from: string) => post(`/api/v1/invitation/${unknown}`, from, {});
  for (let tries = 0; tries < 60; tries += 1) expect((await api('198.51.100.3')).status).toBe(404);
  const refused = await api('198.51.100.3');
  expect(refused.status).toBe(429);
  expect(await refused.json()).toEqual({ detail: 'Too many requests; try again later.' });
  expect((await api('203.0.113.9')).status).toBe(404);
});

it('who tries credentials of clients is held up', async () => {
  const token = async (from: string) =>
    post('/o/token/', from, { grant_type: 'client_credentials', client_id: 'x' });
  const statuses: number[] = [];
  for (let tries = 0; tries < 301; tries += 1) statuses.push((await token('198.51.100.4')).status);
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.slice(0, 300)).not.toContain(429);
  expect((await token('203.0.113.9')).status).not.toBe(429);
}, 60_000);

it('a patient who downloads again and again is asked to wait, another patient is not', async () => {
  const download = async ({ browser }: { browser: RawBrowser }) => browser.get('/ow/manage/my-data.csv');
  const [one, other] = [await patientInBrowser(), await patientInBrowser()];
  for (let times = 0; times < 10; times += 1) expect((await download(one)).status).toBe(200);
  const refused = await download(one);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.text()).toContain('Please wait a little');
  expect((await download(other)).status).toBe(200);
});

async function patientInBrowser(): Promise<{ browser: RawBrowser }> {
  return { browser: await RawBrowser.redeem(world, await invite(await newPatient(world))) };
}
