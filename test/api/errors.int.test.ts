import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from './caller.js';

let world: TestWorld;
let megan: Caller;
let victor: Caller;
let mark: Caller;
let peter: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  megan = await Caller.of(world, 'member_megan@example.com');
  victor = await Caller.of(world, 'viewer_victor@example.com');
  mark = await Caller.of(world, 'manager_mark@example.com');
  peter = await Caller.of(world, 'll_patient_peter@example.com');
});
afterAll(async () => {
  await world.close();
});

const INVITATION = '/api/v1/invitation';
const peterByOwLocal = { patientId: 40001, clientId: 6 };
const authenticate = { detail: 'Authentication credentials were not provided.' };
const forbidden = { detail: 'You do not have permission to perform this action.' };

it('without a good bearer token every route answers 401 in the shape of the original', async () => {
  const { paths } = world.app.server.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: '', version: '' },
  });
  const guarded = Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security = [] }]: [string, { security?: unknown[] }]) =>
      security.length === 0 ? [] : [{ path, method: method.toUpperCase() }],
    ),
  );
  expect(guarded.length).toBeGreaterThan(5);
  for (const { path, method } of guarded) {
    for (const authorization of [
      undefined,
      'Bearer',
      `Bearer ${'A'.repeat(43)}`,
      'Basic eDp5',
      `Token ${'A'.repeat(43)}`,
    ]) {
      const address = new URL(
        path.replace('{id}', '30001').replace('{provider}', 'oura'),
        world.config.SITE_URL,
      );
      const body = method === 'POST' ? { body: '{}' } : {};
      const headers = {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      };
      const answer = await fetch(address, { method, ...body, headers });
      expect(answer.status, `${method} ${path} ${authorization ?? ''}`).toBe(401);
      if (path.startsWith('/FHIR/')) continue;
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
      expect(await answer.json()).toEqual(authenticate);
    }
  }
});

it('an expired and a revoked token are no token', async () => {
  for (const change of ["expires_at = now() - interval '1 second'", 'revoked_at = now()']) {
    const caller = await Caller.of(world, 'member_megan@example.com');
    expect((await caller.get('/api/v1/ow/providers')).status).toBe(200);
    await world.app.sql.unsafe(
      `update access_tokens set ${change} where id = (select max(id) from access_tokens)`,
    );
    expect((await caller.get('/api/v1/ow/providers')).status).toBe(401);
  }
});

it('a viewer, a stranger and a patient cannot invite; a member can, in either spelling', async () => {
  for (const caller of [victor, mark, peter]) {
    expect(await caller.post(INVITATION, peterByOwLocal)).toMatchObject({ status: 403, body: forbidden });
  }
  for (const body of [peterByOwLocal, { patient_id: 40001, client_id: 6, send_email: false }]) {
    const answer = await megan.post(INVITATION, body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ patientId: 40001, client_id: 6, status: 'issued' });
  }
});

it('unknown patients, clients and routes answer 404 with a detail', async () => {
  expect(await megan.post(INVITATION, { patientId: 999, clientId: 6 })).toMatchObject({
    status: 404,
    body: { detail: 'No Patient matches the given query.' },
  });
  expect(await megan.post(INVITATION, { patientId: 40001, clientId: 99 })).toMatchObject({
    status: 404,
    body: { detail: 'No Client matches the given query.' },
  });
  for (const path of [
    '/api/v1/nothing',
    '/api/v2/invitation',
    '/nothing',
    '/api/schema/swagger-ui/nothing.js',
  ]) {
    expect(await megan.get(path), path).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
  }
});

it('refused input names the field, in the shape of the original, and quotes nothing', async () => {
  const answer = await megan.post(INVITATION, { patientId: 'secret', client_id: 6 });
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    patientId: ['Invalid input: expected number, received string'],
    detail: 'patientId: Invalid input: expected number, received string',
  });
  for (const [body, type] of [
    ['{"patientId":', 'application/json'],
    ['', 'application/json'],
    ['[]', 'application/json'],
    ['null', 'application/json'],
    [{ patientId: 99_999_999_999, clientId: 6 }, 'application/json'],
    [{ patientId: 1.5, clientId: 6 }, 'application/json'],
  ] as const) {
    const refused = await megan.post(INVITATION, body, type);
    expect(refused.status, JSON.stringify(body)).toBe(400);
    expect(refused.body).toMatchObject({ detail: expect.any(String) as string });
  }
  expect((await megan.post(INVITATION, undefined)).status).toBe(400);
  expect((await megan.post(INVITATION, 'patientId=40001', 'text/plain')).status).toBe(415);
});

it('a body of more than a megabyte is refused as too large', async () => {
  const body = `"${'x'.repeat(2 ** 20)}"`;
  const answer = await world.app.server.request(INVITATION, { method: 'POST', body });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toEqual({ detail: 'The request could not be read.' });
});

it('a data source is attached once, by a member of the study’s organization', async () => {
  const path = '/api/v1/studies/30001/data_sources';
  for (const caller of [victor, mark]) {
    expect((await caller.post(path, { dataSourceId: 70004 })).status).toBe(403);
  }
  expect((await megan.post('/api/v1/studies/999/data_sources', { dataSourceId: 70004 })).status).toBe(403);
  expect((await megan.post('/api/v1/studies/99999999999/data_sources', { dataSourceId: 70004 })).status).toBe(
    400,
  );
  expect((await megan.post(path, { data_source_id: 79999 })).status).toBe(400);
  expect((await megan.post(path, { data_source_id: 70004 })).status).toBe(201);
  expect((await megan.post(path, { dataSourceId: 70004 })).status).toBe(409);
});

it('errors of FHIR are OperationOutcomes', async () => {
  const search = '/FHIR/R5/Observation';
  const outcomes = [
    [401, await fetch(`${world.config.SITE_URL}${search}`)],
    [404, await fetch(`${world.config.SITE_URL}/FHIR/R5/Nothing`)],
  ] as const;
  for (const [status, answer] of outcomes) {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/fhir+json');
    expect(await answer.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error' }],
    });
  }
  for (const [status, query] of [
    [422, '?patient=x'],
    [400, '?patient=40001&_count=x'],
    [400, '?patient=40001&_page=0'],
    [400, '?patient=40001&code=%00'],
    [403, '?patient=40003'],
    [403, '?patient=99999999999'],
  ] as const) {
    const answer = await megan.get(`${search}${query}`);
    expect(answer.status, query).toBe(status);
    expect(answer.body, query).toMatchObject({ resourceType: 'OperationOutcome' });
  }
  expect(await megan.get(`${search}?patient=Patient/40001`)).toMatchObject({
    status: 200,
    body: { total: 0 },
  });
});

it('every answer has an id that the log knows too', async () => {
  const { headers } = await megan.get('/api/v1/nothing');
  const id = headers.get('x-request-id') ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(world.logLines.join('')).toContain(id);
});
