import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../helpers/test-world.js';
import { Caller } from '../caller.js';

let world: TestWorld;
let megan: Caller;
beforeAll(async () => {
  world = await startTestWorld();
  megan = await Caller.of(world, 'member_megan@example.com');
});
afterAll(async () => {
  await world.close();
});

const FHIR_JSON = 'application/fhir+json';

it.each([
  [undefined, '', 200, FHIR_JSON],
  ['*/*', '', 200, FHIR_JSON],
  ['application/fhir+json', '', 200, FHIR_JSON],
  ['application/json', '', 200, 'application/json'],
  ['application/json;q=0.5, application/fhir+json', '', 200, FHIR_JSON],
  ['text/html, */*;q=0.1', '', 200, FHIR_JSON],
  ['application/fhir+xml', '', 406, FHIR_JSON],
  ['text/html', '?_format=json', 200, FHIR_JSON],
  ['text/html', '?_format=application/json', 200, 'application/json'],
  ['*/*', '?_format=application/fhir+json', 200, FHIR_JSON],
  ['*/*', '?_format=xml', 406, FHIR_JSON],
])('Accept %s with %s is answered %s in %s', async (accept, query, status, type) => {
  const headers = accept === undefined ? {} : { Accept: accept };
  const answer = await world.app.server.request(`/FHIR/R5/metadata${query}`, { headers });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')?.split(';')[0]).toBe(type);
});

it('what may be asked without a token may be asked by any page and kept by any proxy', async () => {
  for (const path of ['metadata', '.well-known/smart-configuration']) {
    for (const release of ['R5', 'R4']) {
      const answer = await world.app.server.request(`/FHIR/${release}/${path}`);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  }
  expect((await megan.get('/FHIR/R5/metadata')).body).toMatchObject({
    resourceType: 'CapabilityStatement',
    fhirVersion: '5.0.0',
    software: { name: 'wearable-exchange' },
    implementation: { url: `${world.config.SITE_URL}/FHIR/R5` },
  });
  expect((await megan.get('/FHIR/R5/.well-known/smart-configuration')).body).toMatchObject({
    token_endpoint: `${world.config.SITE_URL}/o/token/`,
  });
});

it('unknown types and releases are not found', async () => {
  for (const path of ['/FHIR/R5/Medication', '/FHIR/R3/Observation', '/FHIR/R5/Observation/1/_history']) {
    expect(await megan.get(path), path).toMatchObject({
      status: 404,
      body: { resourceType: 'OperationOutcome' },
    });
  }
});
