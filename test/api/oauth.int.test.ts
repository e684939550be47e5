import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { hashToken, newToken } from '../../src/auth/tokens.js';
import { createMachineClient } from '../../src/db/machine-clients.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { Caller } from './caller.js';
import { OriginalClient } from './original-client.js';

let world: TestWorld;
let megan: Caller;
let client: OriginalClient;
beforeAll(async () => {
  world = await startTestWorld();
  megan = await Caller.of(world, 'member_megan@example.com');
  client = new OriginalClient(world.config.SITE_URL);
});
afterAll(async () => {
  await world.close();
});

async function invited(patientId = 40001): Promise<string> {
  const { body } = await megan.post('/api/v1/invitation', { patientId, clientId: 6 });
  return z.object({ token: z.string().regex(/^[A-Za-z0-9]{43}$/) }).parse(body).token;
}

const profileStatus = async (bearer: string) => (await client.call('GET', 'users/profile', bearer)).status;
const at = (path: string) => `${world.config.SITE_URL}${path}`;

it('of twenty redeems at once exactly one succeeds', async () => {
  const token = await invited();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.redeem(token)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
});

it('a code that was never exchanged may be fetched again when it has expired, by one of twenty', async () => {
  const token = await invited();
  const lost = await client.granted(token);
  expect((await client.redeem(token)).status).toBe(409);
  await world.app.sql`update invitations set code_expires_at = now() where code_expires_at is not null`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.redeem(token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const old = await client.form(OriginalClient.exchange(lost, token));
  expect([old.status, await old.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  await world.app.sql`update invitations set code_expires_at = now() where code_expires_at is not null`;
  await client.signIn(token);
  await world.app.sql`update invitations set redeemed_at = now() - interval '1 hour'`;
  expect((await client.redeem(token)).status).toBe(409);
});

it('an invitation that is not open says why, as the original does', async () => {
  const unknown = await client.redeem('A'.repeat(43));
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { detail: 'Invitation not found or already used.' },
  ]);
  expect((await client.redeem('A'.repeat(42))).status).toBe(401);
  for (const [change, status, detail] of [
    ["expires_at = now() - interval '1 second'", 410, 'Invitation has expired.'],
    ["status = 'expired'", 410, 'Invitation has expired.'],
    ["status = 'cancelled'", 403, 'Invitation has been cancelled.'],
    ["status = 'reissued'", 409, 'Invitation has already been used.'],
  ] as const) {
    const token = await invited();
    await world.app.sql.unsafe(
      `update invitations set ${change} where id = (select max(id) from invitations)`,
    );
    const answer = await client.redeem(token);
    expect([answer.status, await answer.json()], change).toEqual([status, { detail }]);
  }
});

it('a wrong request to the token endpoint is named as RFC 6749 names it', async () => {
  for (const [wrong, status, error] of [
    [{ code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
    [{ code: newToken() }, 400, 'invalid_grant'],
    [{ redirect_uri: 'https://evil.example/' }, 400, 'invalid_request'],
    [{ client_id: 'carex-client' }, 400, 'invalid_grant'],
    [{ client_id: 'nobody' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: '' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials', client_secret: 'x' }, 401, 'invalid_client'],
    [{ grant_type: 'client_credentials' }, 401, 'invalid_client'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 400, 'invalid_grant'],
  ] as const) {
    const token = await invited();
    const fields = { ...OriginalClient.exchange(await client.granted(token), token), ...wrong };
    const answer = await client.form(fields);
    const told = z.object({ error: z.string() }).parse(await answer.json());
    expect([answer.status, told.error], JSON.stringify(wrong)).toEqual([status, error]);
  }
});

it('a wrong verifier uses the code up, so that nobody guesses on', async () => {
  const token = await invited();
  const fields = OriginalClient.exchange(await client.granted(token), token);
  expect((await client.form({ ...fields, code_verifier: 'x'.repeat(43) })).status).toBe(400);
  expect((await client.form(fields)).status).toBe(400);
});

it('a code is good for one of twenty, and its second use ends what the first one led to', async () => {
  const token = await invited();
  const fields = OriginalClient.exchange(await client.granted(token), token);
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.form(fields)));
  const [first, ...more] = answers.filter(({ status }) => status === 200);
  expect(more).toEqual([]);
  expect((await client.form(fields)).status).toBe(400);
  const { access_token: bearer } = OriginalClient.tokensOf(await first?.json());
  expect(await profileStatus(bearer)).toBe(401);
});

it('an expired code is no code', async () => {
  const token = await invited();
  const fields = OriginalClient.exchange(await client.granted(token), token);
  await world.app.sql`update authorization_codes set expires_at = now() - interval '1 second'`;
  expect(await (await client.form(fields)).json()).toMatchObject({ error: 'invalid_grant' });
});

it('a refresh token is good once: the tokens before it end, and its second use ends the whole family', async () => {
  const first = await client.signIn(await invited());
  const second = OriginalClient.tokensOf(await (await client.refreshed(first)).json());
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect([await profileStatus(first.access_token), await profileStatus(second.access_token)]).toEqual([
    401, 200,
  ]);
  const other = await client.signIn(await invited(40002));

  const stolen = await client.refreshed(first);
  expect([stolen.status, await stolen.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  expect(await profileStatus(second.access_token)).toBe(401);
  expect((await client.refreshed(second)).status).toBe(400);
  expect(await profileStatus(other.access_token)).toBe(200);
});

it('a year after the sign-in, refreshing ends', async () => {
  const tokens = await client.signIn(await invited());
  const signedIn = async (ago: string) => world.app.sql`
    update token_families set created_at = now() - ${ago}::interval
    where id = (select family_id from refresh_tokens where token_hash = ${hashToken(tokens.refresh_token)})`;
  await signedIn('1 year 1 minute');
  const late = await client.refreshed(tokens);
  expect([late.status, await late.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  await signedIn('11 months');
  expect((await client.refreshed(tokens)).status).toBe(200);
});

it('a refresh token belongs to its client, and only one of twenty uses it', async () => {
  const tokens = await client.signIn(await invited());
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
    client_id: 'carex-client',
  };
  expect((await client.form(fields)).status).toBe(400);
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.refreshed(tokens)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('the id token is signed by the key of the discovery documents and names the account', async () => {
  const tokens = await client.signIn(await invited());
  const configuration = z
    .object({ issuer: z.string(), jwks_uri: z.url(), token_endpoint: z.url() })
    .parse(await (await fetch(at('/o/.well-known/openid-configuration'))).json());
  const { keys } = z
    .object({ keys: z.array(z.looseObject({ kid: z.string() })) })
    .parse(await (await fetch(configuration.jwks_uri)).json());
  const [head = '', body = '', signature = ''] = tokens.id_token.split('.');
  const key = createPublicKey({ key: keys[0] as JsonWebKey, format: 'jwk' });
  const isGenuine = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    key,
    Buffer.from(signature, 'base64url'),
  );
  expect(isGenuine).toBe(true);
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(JSON.stringify(keys)).not.toMatch(/"d"/);
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
    iss: configuration.issuer,
    aud: 'ow-client',
    sub: '10006',
    email: 'll_patient_peter@example.com',
  });
  const userinfo = await fetch(at('/o/userinfo/'), {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(await userinfo.json()).toEqual({ sub: '10006', email: 'll_patient_peter@example.com' });
});

it('a program signs in with its secret and acts as its owner, without refresh or id token', async () => {
  const [clientId, secret] = [newToken(), newToken()];
  const owner = { name: 'nightly', userId: 10003 };
  await createMachineClient(world.app.sql, { clientId, secretHash: hashToken(secret), ...owner });
  const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
  const answer = await client.form({ grant_type: 'client_credentials' }, basic);
  const body = z.strictObject({
    access_token: z.string(),
    expires_in: z.int(),
    token_type: z.string(),
    scope: z.string(),
  });
  const { access_token: bearer } = body.parse(await answer.json());
  expect(await client.get('users/profile', bearer, z.object({ id: z.int() }))).toEqual({ id: 10003 });
  const wrong = { authorization: `Basic ${Buffer.from(`${clientId}:x`).toString('base64')}` };
  expect((await client.form({ grant_type: 'client_credentials' }, wrong)).status).toBe(401);
});

it('browsers of any origin may use /o/, and nothing else', async () => {
  const origin = 'https://app.example';
  const preflight = await fetch(at('/o/token/'), {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  const other = await fetch(at('/api/v1/users/profile'), { headers: { origin } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

it('no secret is stored as it is', async () => {
  const token = await invited();
  const granted = await client.granted(token);
  const tokens = OriginalClient.tokensOf(
    await (await client.form(OriginalClient.exchange(granted, token))).json(),
  );
  const tables = ['invitations', 'authorization_codes', 'access_tokens', 'refresh_tokens', 'signing_keys'];
  for (const table of tables) {
    const [row] = await world.app.sql.unsafe<{ text: string }[]>(
      `select string_agg(t::text || encode(convert_to(t::text, 'utf8'), 'hex'), '') as text from ${table} t`,
    );
    for (const secret of [
      token,
      granted.grant.code,
      tokens.access_token,
      tokens.refresh_token,
      'PRIVATE KEY',
    ]) {
      expect(row?.text, table).not.toContain(secret);
      expect(row?.text, table).not.toContain(Buffer.from(secret).toString('hex'));
    }
  }
});
