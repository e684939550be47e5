import { z } from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from './caller.js';

let world: TestWorld;
let peter: Caller;
let megan: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  peter = await Caller.of(world, 'll_patient_peter@example.com');
  megan = await Caller.of(world, 'member_megan@example.com');
});
afterAll(async () => {
  await world.close();
});

const authorize = '/api/v1/ow/oauth/oura/authorize';
const authorization = z.object({ authorizationUrl: z.url(), state: z.string() });
const at = (target: string) => `${authorize}?redirect_uri=${encodeURIComponent(target)}`;

it('without an account at Open Wearables authorize answers 400 and says what to do', async () => {
  const pamela = await Caller.of(world, 'll_patient_pamela@example.com');
  const text = 'User has no Open Wearables account. Call POST /api/v1/ow/users first.';
  expect(await pamela.get(authorize)).toMatchObject({ status: 400, body: { error: text, detail: text } });
});

it('the account is made once, for patients only, and holds no name', async () => {
  expect(await megan.post('/api/v1/ow/users', {})).toMatchObject({ status: 403 });
  const [first, again] = [await peter.post('/api/v1/ow/users', {}), await peter.post('/api/v1/ow/users', {})];
  const linked = z.object({ owUserId: z.uuid(), created: z.boolean() });
  const { owUserId, created } = linked.parse(first.body);
  expect(created).toBe(true);
  expect(again.body).toEqual({ owUserId, created: false });
  const ow = await (
    await fetch(`${world.sandbox.url}/api/v1/users`, {
      headers: { 'x-open-wearables-api-key': world.sandbox.apiKey },
    })
  ).text();
  expect(ow).not.toMatch(/peter|morris/i);
});

it('providers are listed with icons of our own origin', async () => {
  const { body } = await megan.get('/api/v1/ow/providers');
  const list = z.array(z.object({ provider: z.string(), iconUrl: z.string().nullable() })).parse(body);
  const oura = list.find(({ provider }) => provider === 'oura');
  expect(oura?.iconUrl).toBe(`${world.config.SITE_URL}/ow/icons/oura`);
  expect(JSON.stringify(body)).not.toContain(world.sandbox.url);
});

it('the return address is our own, however another one is dressed up', async () => {
  await peter.post('/api/v1/ow/users', {});
  const site = world.config.SITE_URL;
  const { host, port } = new URL(site);
  for (const target of [
    'https://evil.example/',
    '//evil.example/',
    '/ow/complete',
    '',
    'javascript:alert(1)',
    `data:text/html,${site}`,
    `blob:${site}/ow/complete`,
    `${site}.evil.example/`,
    `${site}@evil.example/`,
    `http://evil.example@${host}/`,
    `http://user:password@${host}/`,
    `https://${host}/`,
    `http://localhost:${Number(port) + 1}/`,
    `http://127.0.0.1:${port}/`,
    `http://LOCALHOST.evil:${port}/`,
    `http:\\\\evil.example\\${host}`,
    `ftp://${host}/`,
  ]) {
    const answer = await peter.get(at(target));
    expect(answer.status, target).toBe(400);
    expect(answer.body).toMatchObject({ detail: 'redirect_uri must be on this origin.' });
  }
});

it('odd spellings of our own address reach Open Wearables only in their plain form', async () => {
  await peter.post('/api/v1/ow/users', {});
  const { requests } = world.sandbox.control;
  const { SITE_URL: site } = world.config;
  for (const [asked, sent] of [
    [`${site}/ow/complete`, `${site}/ow/complete`],
    [`${site.replace('localhost', 'LOCALHOST')}\\@evil.example`, `${site}/@evil.example`],
    [` \t${site}/a\r\nSet-Cookie: x=y`, `${site}/aSet-Cookie:%20x=y`],
    [`${site}/a/../../ow/complete`, `${site}/ow/complete`],
  ] as const) {
    requests.clear();
    expect((await peter.get(at(asked))).status, asked).toBe(200);
    expect(requests.find(({ path }) => path.endsWith('/authorize'))?.query['redirect_uri']).toEqual([sent]);
  }
});

it('an unknown provider, an unreachable upstream and a refused key are told apart without upstream words', async () => {
  await peter.post('/api/v1/ow/users', {});
  const { faults } = world.sandbox.control;
  const unknown = await peter.get('/api/v1/ow/oauth/nonsense/authorize');
  expect(unknown).toMatchObject({
    status: 400,
    body: { error: 'Open Wearables does not offer this provider.' },
  });
  expect((await peter.get('/api/v1/ow/oauth/..%2f..%2fusers/authorize')).status).toBe(400);

  faults.failNext({ path: /authorize$/ }, { status: 500, body: 'Traceback secret' });
  const failed = await peter.get(authorize);
  expect(failed).toMatchObject({ status: 502, body: { error: 'OW API error' } });
  expect(JSON.stringify(failed.body)).not.toContain('secret');
  faults.failNext({ path: /authorize$/ }, { status: 200, reset: true });
  expect(await peter.get(authorize)).toMatchObject({
    status: 502,
    body: { error: 'Failed to reach OW API' },
  });
  await world.app.settings.write('ow.api_key', 'sk-00000000000000000000000000000000', null);
  const pamela = await Caller.of(world, 'll_patient_pamela@example.com');
  expect(await pamela.post('/api/v1/ow/users', {})).toMatchObject({
    status: 502,
    body: { error: 'OW API error' },
  });
  await world.app.settings.unset('ow.api_key');
  expect((await pamela.post('/api/v1/ow/users', {})).status).toBe(200);
});

it('an attempt of an API client ends through the callback, wherever its browser comes from', async () => {
  await peter.post('/api/v1/ow/users', {});
  const { state } = authorization.parse((await peter.get(authorize)).body);
  const vendor = new URLSearchParams({
    decision: 'approve',
    state,
    redirect_uri: `${world.config.SITE_URL}/api/v1/oauth/oura/callback`,
  });
  const approved = await fetch(`${world.sandbox.vendorUrl}/oura/oauth/authorize`, {
    method: 'POST',
    body: vendor,
    redirect: 'manual',
  });
  const back = await fetch(approved.headers.get('location') ?? '', { redirect: 'manual' });
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toBe('/ow/complete');
  const { owUserId } = z
    .object({ owUserId: z.uuid() })
    .parse((await peter.post('/api/v1/ow/users', {})).body);
  const connections = await (await world.app.openWearables()).connections(owUserId);
  expect(connections).toMatchObject([{ provider: 'oura', status: 'active' }]);
});

it('wherever Open Wearables sends a browser, our callback sends it to our own pages', async () => {
  const { faults } = world.sandbox.control;
  const { SITE_URL: site } = world.config;
  for (const location of [
    'https://evil.example/',
    `https://evil.example/ow/return/${'A'.repeat(43)}`,
    '//evil.example/ow/complete',
    `${site}@evil.example/ow/complete`,
    `${site}.evil.example/ow/complete`,
    `${site}//evil.example/`,
    `${site}/admin/sign-out`,
    `${site}/ow/return/../../../evil`,
    `${site}\\@evil.example`,
    'javascript:alert(1)',
    '/api/v1/oauth/error?message=secret',
    `blob:${site}/ow/complete`,
    '',
  ]) {
    faults.failNext({ path: /callback$/ }, { status: 303, headers: { location } });
    const answer = await fetch(`${site}/api/v1/oauth/oura/callback?code=x&state=y`, { redirect: 'manual' });
    expect(answer.status, location).toBe(303);
    expect(answer.headers.get('location'), location).toBe('/ow/complete');
  }
});
