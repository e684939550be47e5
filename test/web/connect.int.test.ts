import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOura } from '../../dev/journey/patient-pages.js';
import { until } from '../../dev/journey/until.js';
import { startSandbox, type Sandbox } from '../../dev/open-wearables/sandbox.js';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { auditHead } from '../../src/db/audit-events.js';
import { auditLines } from '../../src/db/audit-search.js';
import { startAttempt } from '../../src/db/connect-attempts.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { RawBrowser } from './raw-browser.js';
import { agreedPatient, invite, leaveForOura, newPatient, openPage } from './stages.js';

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(async () => {
  await world.close();
});

const attemptsOf = async (patientId: number) =>
  world.app.sql<{ outcome: string | null }[]>`
    select outcome from connect_attempts where patient_id = ${patientId} order by started_at`;

it('a device that no study uses, or that nobody knows, cannot be connected', async () => {
  const stage = await agreedPatient(world);
  const devices = await openPage(stage, '/ow/devices');
  for (const provider of ['garmin', 'nonsense', '', '../oura', 'oura?x=']) {
    const page = await stage.visitor.submit(devices, 'form:has(button[value="oura"])', { provider });
    expect(page.status, provider).toBe(422);
    expect(page.text).toContain('This device cannot be connected.');
  }
  expect(await attemptsOf(stage.patientId)).toEqual([]);
});

it('a device of a study that the patient has not agreed to cannot be connected', async () => {
  const stage = await newPatient(world);
  const browser = await RawBrowser.redeem(world, await invite(stage));
  const csrf = await browser.csrf('/ow/manage');
  const answer = await browser.post('/ow/connect', { csrf, provider: 'oura' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('Measures nothing that you agreed to share.');
});

it('a sign-in page that is not known to be of the maker is not led to: the page says so, and so does the log', async () => {
  const stage = await agreedPatient(world);
  const body = JSON.stringify({
    authorization_url: 'https://evil.example/oauth/authorize?state=x',
    state: 'x',
  });
  world.sandbox.control.faults.failNext({ path: /oauth\/oura\/authorize$/ }, { status: 200, body });
  const devices = await openPage(stage, '/ow/devices');
  const page = await stage.visitor.submit(devices, 'form:has(button[value="oura"])');
  expect(page.status).toBe(502);
  expect(page.text).toContain('a sign-in page that we do not know as Oura’s own');
  const leaving = await openPage(stage, '/ow/leave');
  expect(page.html.outerHTML + leaving.html.outerHTML).not.toContain('evil.example');
  expect(await attemptsOf(stage.patientId)).toEqual([{ outcome: 'failed' }]);
  expect(world.logLines.join('')).toContain('"kind":"ForeignSignIn"');
  expect(world.logLines.join('')).not.toContain('evil.example');

  const again = await stage.visitor.submit(page, 'form[action="/ow/connect"]');
  await stage.visitor.submit(await stage.visitor.follow(again), 'form', { decision: 'approve' });
  await until('the connection is confirmed', async () =>
    (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
  );
});

it('denied at the vendor: the page says so, nothing was read, and a second try connects', async () => {
  const stage = await agreedPatient(world);
  const back = await stage.visitor.submit(await leaveForOura(stage), 'form', { decision: 'deny' });
  expect(back.url).toBe(`${world.config.SITE_URL}/ow/complete`);
  const denied = await until('the page says that it was denied', async () => {
    const page = await openPage(stage, '/ow/complete');
    return page.text.includes('You chose not to allow access') && page;
  });
  expect(denied.text).toContain('Nothing was read from Oura');
  expect(denied.text).not.toContain('Successfully');

  const again = await stage.visitor.submit(denied, 'form[action="/ow/connect"]');
  await stage.visitor.submit(await stage.visitor.follow(again), 'form', { decision: 'approve' });
  await until('the connection is confirmed', async () =>
    (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
  );
  expect(await attemptsOf(stage.patientId)).toEqual([{ outcome: 'denied' }, { outcome: 'connected' }]);
});

it('an arrival that Open Wearables does not confirm is never shown as connected', async () => {
  const stage = await agreedPatient(world);
  await leaveForOura(stage);
  const ways = ['/ow/complete', '/ow/complete?success=true&provider=oura', '/clients/ow/complete'];
  const proofs = ['?code=made-up&state=made-up', '?state=made-up', '', '?code=x'];
  for (const path of [...ways, ...proofs.map((query) => `/api/v1/oauth/oura/callback${query}`)]) {
    const page = await openPage(stage, path);
    expect(page.text, path).not.toContain('Successfully Connected');
    expect(page.text, path).not.toMatch(/Connection confirmed/);
  }
  expect((await openPage(stage, '/ow/manage')).text).toContain('No device is connected');
});

it('the return address is good once, in the browser that left, and never proves anything', async () => {
  const [stage, other] = [await agreedPatient(world), await agreedPatient(world)];
  const vendor = await leaveForOura(stage);
  const returned = await stage.visitor.submit(vendor, 'form', { decision: 'approve' });
  const [callback, address] = returned.via;
  expect(callback).toContain('/api/v1/oauth/oura/callback');
  expect(address).toMatch(/\/ow\/return\/[A-Za-z0-9]{43}$/);
  const takenAt = async () =>
    world.app.sql`select returned_at from connect_attempts where patient_id = ${stage.patientId}`;
  const once = await takenAt();

  expect((await openPage(stage, new URL(address ?? '').pathname)).url).toMatch(/\/ow\/complete$/);
  expect((await other.visitor.open(address ?? '')).url).toMatch(/\/ow\/devices$/);
  const stranger = await fetch(address ?? '');
  expect(stranger.status).toBe(403);
  expect(await stranger.text()).toContain('You came back in another browser');
  for (const nonce of ['A'.repeat(43), 'x', `${'A'.repeat(42)}%20`]) {
    expect((await fetch(`${world.config.SITE_URL}/ow/return/${nonce}`)).status, nonce).toBe(403);
  }
  expect(await takenAt()).toEqual(once);
});

it('a return is recorded before it counts, with whose attempt it is; one that belongs to nobody is not', async () => {
  const { sql } = world.app;
  const stage = await agreedPatient(world);
  const returns = async () => {
    const lines = await auditLines(sql, { organizationIds: null, patientId: stage.patientId, limit: 50 });
    return lines
      .filter(({ action }) => action === 'come back from the maker')
      .map(({ actorKind, outcome }) => `${actorKind}: ${outcome}`);
  };
  await stage.visitor.submit(await leaveForOura(stage), 'form', { decision: 'approve' });
  expect(await returns()).toEqual(['patient: allowed', 'patient: asked']);

  const nonce = newToken();
  const [sessionHash, returnHash] = [hashToken(newToken()), hashToken(nonce)];
  await startAttempt(sql, {
    ...{ patientId: stage.patientId, provider: 'oura', sessionHash, returnHash, validMinutes: 15 },
  });
  const { id } = await auditHead(sql);
  for (const each of [nonce, nonce, newToken()])
    expect((await fetch(`${world.config.SITE_URL}/ow/return/${each}`)).status).toBe(403);
  expect((await returns()).slice(0, 2)).toEqual(['nobody: refused', 'nobody: asked']);
  expect((await auditHead(sql)).id).toBe(id + 2);
});

it("another browser cannot end what this one began, not even with the vendor's own answer", async () => {
  const [victim, attacker] = [await agreedPatient(world), await agreedPatient(world)];
  const lure = await leaveForOura(attacker);
  const stranded = await victim.visitor.submit(lure, 'form', { decision: 'approve' });
  expect(stranded.status).toBe(403);
  expect(stranded.text).toContain('Nothing was connected here');

  // Nor after the one who began it has given up: the upstream would still take the state.
  const state = new URL(lure.url).searchParams.get('state') ?? '';
  const denial = `/api/v1/oauth/oura/callback?error=access_denied&state=${state}`;
  await openPage(attacker, denial);
  await until(
    'the attempt has ended',
    async () => (await attemptsOf(attacker.patientId))[0]?.outcome === 'denied',
  );
  const late = await victim.visitor.submit(lure, 'form', { decision: 'approve' });
  expect(late.status).toBe(403);
  const ow = await world.app.openWearables();
  expect(await ow.connections(await attacker.owUserId())).toEqual([]);
  expect(await ow.connections(await victim.owUserId())).toEqual([]);
});

it('nobody else can refuse an open attempt', async () => {
  const [stage, other] = [await agreedPatient(world), await agreedPatient(world)];
  const state = new URL((await leaveForOura(other)).url).searchParams.get('state') ?? '';
  const vendor = await leaveForOura(stage);
  await openPage(stage, `/api/v1/oauth/oura/callback?error=access_denied&state=${state}`);
  await openPage(stage, '/api/v1/oauth/oura/callback?error=access_denied&state=somebodys');
  await openPage(stage, '/api/v1/oauth/garmin/callback?error=access_denied');
  await stage.visitor.submit(vendor, 'form', { decision: 'approve' });
  await until('the connection is confirmed', async () =>
    (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
  );
});

it('a second attempt supersedes the first, and a connected device is not offered again', async () => {
  const stage = await agreedPatient(world);
  await leaveForOura(stage);
  await connectOura(stage);
  expect(await attemptsOf(stage.patientId)).toEqual([{ outcome: 'superseded' }, { outcome: 'connected' }]);
  expect((await openPage(stage, '/ow/devices')).text).toContain('Already connected.');
});

describe('a vendor that returns to Open Wearables itself, which has pages for nobody', () => {
  let direct: Sandbox | undefined;
  beforeAll(async () => {
    direct = await startSandbox();
    await world.app.settings.write('ow.api_url', direct.url, null);
    await world.app.settings.write('ow.api_key', direct.apiKey, null);
  });
  afterAll(async () => {
    await world.app.settings.unset('ow.api_url');
    await world.app.settings.unset('ow.api_key');
    await direct?.close();
  });

  it('approved: the browser comes back to us and the connection is confirmed', async () => {
    const stage = await agreedPatient(world);
    const complete = await connectOura(stage);
    expect(complete.text).toContain('Successfully Connected');
  });

  it('approved by somebody else: what that connected is ended, and nothing of it is read', async () => {
    const [victim, attacker] = [await agreedPatient(world), await agreedPatient(world)];
    const stranded = await victim.visitor.submit(await leaveForOura(attacker), 'form', {
      decision: 'approve',
    });
    expect(stranded.status).toBe(403);
    expect(stranded.text).toContain('Nothing was connected here');

    const ow = await world.app.openWearables();
    const attackers = await attacker.owUserId();
    await until('the connection is ended at Open Wearables', async () =>
      (await ow.connections(attackers)).every(({ status }) => status === 'revoked'),
    );
    expect(await attemptsOf(attacker.patientId)).toEqual([{ outcome: 'failed' }]);
    expect((await openPage(attacker, '/ow/complete')).text).not.toContain('Successfully');
    expect(await attacker.observations()).toBe(0);
  });

  it('denied: the browser strands at Open Wearables, and the way back offers the device again', async () => {
    const stage = await agreedPatient(world);
    const stranded = await stage.visitor.submit(await leaveForOura(stage), 'form', { decision: 'deny' });
    expect(stranded.url).toContain(`${direct?.url ?? ''}/api/v1/oauth/error`);

    const waiting = await openPage(stage, '/ow/complete');
    expect(waiting.text).toContain('Waiting for Oura');
    expect(waiting.text).not.toContain('Successfully');
    const again = await stage.visitor.submit(waiting, 'form[action="/ow/connect"]');
    await stage.visitor.submit(await stage.visitor.follow(again), 'form', { decision: 'approve' });
    await until('the connection is confirmed', async () =>
      (await openPage(stage, '/ow/complete')).text.includes('Successfully Connected'),
    );
  });

  it('denied and left alone: the attempt expires, and the page says that nothing is lost', async () => {
    const stage = await agreedPatient(world);
    await stage.visitor.submit(await leaveForOura(stage), 'form', { decision: 'deny' });
    await world.app.sql`
      update connect_attempts set outcome = 'expired', ended_at = now() where patient_id = ${stage.patientId}`;
    const over = await openPage(stage, '/ow/complete');
    expect(over.text).toContain('That took longer than 15 minutes');
    await stage.visitor.submit(over, 'form[action="/ow/connect"]');
    await until('a new attempt waits', async () =>
      (await openPage(stage, '/ow/complete')).text.includes('Waiting for Oura'),
    );
  });
});
