import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { until } from '../../dev/journey/until.js';
import { Visitor } from '../../dev/journey/visitor.js';
import { attachDataSource } from '../../src/db/studies.js';
import { countObservations } from '../../src/db/observations.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { textsOf } from '../temporal/texts.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from './caller.js';
import { OriginalClient } from './original-client.js';

vi.setConfig({ testTimeout: 120_000 });

const PETER = 40001;
const OMH = 'https://w3id.org/openmhealth';

let world: TestWorld;
let client: OriginalClient;
let link: string;
beforeAll(async () => {
  world = await startTestWorld();
  client = new OriginalClient(world.config.SITE_URL);
  const megan = await Caller.of(world, 'member_megan@example.com');
  await attachDataSource(world.app.sql, 30001, 70004);
  const issued = await megan.post('/api/v1/invitation', { patient_id: PETER, client_id: 6 });
  link = z.object({ invitationLink: z.url() }).parse(issued.body).invitationLink;
});
afterAll(async () => {
  await world.close();
});

const scope = z.object({ codingSystem: z.string(), codingCode: z.string() });
const consents = z.object({
  patient: z.object({ id: z.int(), nameGiven: z.string() }),
  studiesPendingConsent: z.array(
    z.object({
      id: z.int(),
      pendingScopeConsents: z.array(z.object({ code: scope, consented: z.null() })),
    }),
  ),
  studies: z.array(
    z.object({ id: z.int(), scopeConsents: z.array(z.object({ code: scope, consented: z.boolean() })) }),
  ),
});
const recorded = z.object({
  studyScopeConsents: z.array(
    z.object({
      id: z.int(),
      studyPatient: z.object({ id: z.int(), study: z.int(), patient: z.literal(PETER) }),
      scopeCode: scope,
      consented: z.boolean(),
      consentedTime: z.iso.datetime(),
    }),
  ),
});
const status = z.object({
  connections: z.array(z.object({ provider: z.string(), status: z.string(), iconUrl: z.string() })),
  connected: z.boolean(),
});

/** Everything that Temporal remembers of what ran. */
async function everyHistory(): Promise<string[]> {
  const temporal = await connectTemporal(world.config);
  const texts: string[] = [];
  for await (const { workflowId, runId } of temporal.client.workflow.list())
    texts.push(...textsOf(await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory()));
  await temporal.close();
  expect(texts.join('\n')).toContain('onboarding');
  return texts;
}

it('takes a patient from the link to data with what the original’s own client sends', async () => {
  const token = OriginalClient.tokenOf(link);
  const grantedByLink = await client.granted(token);
  expect(grantedByLink).toMatchObject({
    grant: { redirect_uri: `${world.config.SITE_URL}/auth/callback`, client_id: 'ow-client' },
    token_endpoint: `${world.config.SITE_URL}/o/token/`,
  });
  const answer = await client.form(OriginalClient.exchange(grantedByLink, token));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const tokens = OriginalClient.tokensOf(await answer.json());
  const { access_token: bearer } = tokens;

  const profile = await client.get('users/profile', bearer, z.object({ patient: z.object({ id: z.int() }) }));
  const patientId = profile.patient.id;
  expect(patientId).toBe(PETER);
  const before = await client.get(`patients/${patientId}/consents`, bearer, consents);
  const pending = before.studiesPendingConsent.find(({ id }) => id === 30002);
  expect(pending?.pendingScopeConsents.map(({ code }) => code.codingCode).sort()).toEqual([
    'QuestionnaireResponse',
    'omh:blood-pressure:4.0',
  ]);

  const heartRate = { coding_system: OMH, coding_code: 'omh:heart-rate:2.0', consented: true };
  const changed = await client.call('PATCH', `patients/${patientId}/consents`, bearer, {
    study_scope_consents: [{ study_id: 30001, scope_consents: [heartRate] }],
  });
  expect(changed.status).toBe(200);
  const pressure = { codingSystem: OMH, codingCode: 'omh:blood-pressure:4.0', consented: false };
  const created = await client.call('POST', `patients/${patientId}/consents`, bearer, {
    studyScopeConsents: [{ studyId: 30002, scopeConsents: [pressure] }],
  });
  expect(created.status).toBe(201);
  expect(recorded.parse(await created.json()).studyScopeConsents).toMatchObject([
    { studyPatient: { study: 30002 }, scopeCode: { codingCode: 'omh:blood-pressure:4.0' }, consented: false },
  ]);
  const nothing = await client.call('POST', `patients/${patientId}/consents`, bearer, {
    studyScopeConsents: [],
  });
  expect([nothing.status, await nothing.json()]).toEqual([201, { studyScopeConsents: [] }]);

  const users = await client.call('POST', 'ow/users', bearer);
  expect(users.status).toBe(200);
  expect(await users.json()).toMatchObject({ owUserId: expect.any(String) as string });
  const offered = z.array(z.object({ provider: z.string(), isEnabled: z.boolean() }));
  const providers = await client.get('ow/providers', bearer, offered);
  expect(providers).toContainEqual({ provider: 'oura', isEnabled: true });

  expect(await client.get(`patients/${patientId}/wearable-status`, bearer, status)).toEqual({
    connections: [],
    connected: false,
  });
  const target = encodeURIComponent(`${world.config.SITE_URL}/clients/ow/complete`);
  const { authorizationUrl } = await client.get(
    `ow/oauth/oura/authorize?redirect_uri=${target}`,
    bearer,
    z.object({ authorizationUrl: z.url(), state: z.string() }),
  );
  const browser = new Visitor();
  const vendor = await browser.open(authorizationUrl);
  const returned = await browser.submit(vendor, 'form', { decision: 'approve' });
  expect(new URL(returned.url).origin).toBe(world.config.SITE_URL);

  const connected = await until('the connection is active', async () => {
    const told = await client.get(`patients/${patientId}/wearable-status`, bearer, status);
    return told.connected && told;
  });
  expect(connected.connections).toMatchObject([
    { provider: 'oura', status: 'active', iconUrl: `${world.config.SITE_URL}/ow/icons/oura` },
  ]);
  const count = await until(
    'data arrives',
    async () => {
      const stored = await countObservations(world.app.sql, patientId, ['omh:heart-rate:2.0']);
      return stored > 0 && stored;
    },
    90_000,
  );
  expect(count).toBeGreaterThan(0);

  const secrets = [
    token,
    grantedByLink.grant.code,
    tokens.access_token,
    tokens.refresh_token,
    tokens.id_token,
  ];
  const seenElsewhere = [
    ...world.logLines,
    ...(await everyHistory()),
    ...returned.via,
    JSON.stringify(world.sandbox.control.requests),
  ].join('\n');
  for (const secret of secrets) expect(seenElsewhere).not.toContain(secret);
});
