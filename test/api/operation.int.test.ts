import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '../../dev/journey/until.js';
import { openDatabase } from '../../src/db/sql.js';
import { createServer } from '../../src/server.js';
import { freePort } from '../../dev/servers/ports.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const get = async (path: string) => fetch(new URL(path, world.config.SITE_URL));

it('health asks nothing of others; ready asks for the database, its schema, Temporal and its workers', async () => {
  expect(await (await get('/health')).json()).toMatchObject({ status: 'ok' });
  const ready = await until('workers poll', async () => {
    const answer = await get('/ready');
    expect(answer.status).toBe(200);
    const said: unknown = await answer.json();
    return JSON.stringify(said).includes('"workers":"poll"') && said;
  });
  expect(ready).toEqual({
    ...{ ready: true, process: 'running', workers: 'poll' },
    ...{ database: 'up to date', schedule: 'reachable' },
  });
});

it('without workers it serves, and says so', async () => {
  const pollers = () => Promise.resolve({ runs: 0, calls: 0 });
  const server = createServer({ ...world.app, oversight: { ...world.app.oversight, pollers } });
  const ready = await server.request('/ready');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ ready: true, workers: 'none polls' });
});

it('with the database away the process is alive but not ready, and every answer is an error without details', async () => {
  const sql = openDatabase(`postgres://nobody:secret@127.0.0.1:${await freePort()}/nothing`);
  const server = createServer({ ...world.app, sql });
  expect((await server.request('/health')).status).toBe(200);
  const ready = await server.request('/ready');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ ready: false, database: 'not reachable' });

  const headers = { authorization: `Bearer ${'A'.repeat(43)}`, cookie: `session=${'A'.repeat(43)}` };
  for (const path of [
    '/api/v1/ow/providers',
    '/FHIR/R5/Observation',
    '/ow/manage',
    '/admin/',
    '/admin/patients',
    '/ow/?code=x',
  ]) {
    const answer = await server.request(path, { headers });
    expect(answer.status, path).toBe(500);
    const text = await answer.text();
    expect(text, path).not.toMatch(/ECONN|secret|postgres/);
    // A person looks at the answer of a page.
    if (/^\/(ow|admin)\//.test(path)) expect(text, path).toContain('<!doctype html>');
  }
  await sql.end();
});

it('with Temporal away it is not ready', async () => {
  const pollSchedule = () => Promise.reject(new Error('away'));
  const server = createServer({ ...world.app, orchestration: { ...world.app.orchestration, pollSchedule } });
  const ready = await server.request('/ready');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ schedule: 'Temporal is not reachable' });
});

it('metrics count requests by route pattern, never by address', async () => {
  await get(`/ow/return/${'A'.repeat(43)}`);
  await get('/ow/?code=localhost_secret');
  const metrics = await get('/metrics');
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  const text = await metrics.text();
  const counted = /^wearable_exchange_http_requests_total\{.*route="\/ow\/return\/:nonce"/;
  expect(text.split('\n').filter((line) => counted.test(line))).toHaveLength(1);
  expect(text).not.toMatch(/AAAA|secret/);
  expect(world.logLines.join('')).not.toMatch(/AAAA|localhost_secret/);
});

const document = z.object({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) })),
  ),
});

it('the schema is OpenAPI 3.1 and lists every route of the API', async () => {
  const { openapi, paths } = document.parse(await (await get('/api/schema')).json());
  expect(openapi).toBe('3.1.0');
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = world.app.server.routes
    .filter(({ method, path }) => method !== 'ALL' && /^\/(api\/v1|FHIR|o\/|health|ready|metrics)/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{\[a-z\]\{2,32\}\})?/g, '{$1}')}`);
  expect(new Set(listed)).toEqual(new Set(served));
  for (const reference of JSON.stringify(paths).match(/"#\/components\/[^"]+"/g) ?? []) {
    expect(reference).toMatch(/#\/components\/(schemas|headers)\//);
  }
});

it('Swagger UI loads everything from our own origin, without inline script', async () => {
  const answer = await get('/api/schema/swagger-ui/');
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  const page = parse(await answer.text());
  const files = page
    .querySelectorAll('script, link')
    .map((tag) => tag.getAttribute('src') ?? tag.getAttribute('href') ?? '');
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    expect(file).toMatch(/^[\w.-]+$/);
    expect((await get(`/api/schema/swagger-ui/${file}`)).status, file).toBe(200);
  }
  for (const escape of ['..%2fpackage.json', 'package.json', '%2e%2e%2findex.js']) {
    expect((await get(`/api/schema/swagger-ui/${escape}`)).status, escape).toBe(404);
  }
  expect((await get('/api/schema/swagger-ui')).url).toMatch(/swagger-ui\/$/);
});
