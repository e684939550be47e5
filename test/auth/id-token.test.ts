import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { type IdTokenFacts, idToken, newSigningKey, type SigningKey } from '../../src/auth/id-token.js';

let made: SigningKey | undefined;
/** Made within a test, so that a test fails when none can be made. */
const key = () => (made ??= newSigningKey());
const facts: IdTokenFacts = {
  issuer: 'https://wearables.example/o',
  clientId: 'a-client',
  userId: 10003,
  email: 'megan@clinic.example',
  signedInAt: new Date('2026-11-21T08:00:00.900Z'),
  accessToken: 'an access token',
  now: new Date('2026-11-21T09:00:00.900Z'),
};

const partsOf = (token: string) => token.split('.') as [head: string, claims: string, signature: string];
const decoded = (part: string) =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

it('tells who signed in, to whom, and for how long: ten hours', () => {
  const [, claims] = partsOf(idToken(key(), facts));
  const issuedAt = Date.parse('2026-11-21T09:00:00Z') / 1000;
  expect(decoded(claims)).toMatchObject({
    ...{ iss: facts.issuer, aud: 'a-client', sub: '10003', email: 'megan@clinic.example' },
    ...{ iat: issuedAt, exp: issuedAt + 10 * 3600, auth_time: issuedAt - 3600 },
  });
});

it('is bound to the access token beside it by the left half of its SHA-256', () => {
  const [, claims] = partsOf(idToken(key(), facts));
  const digest = createHash('sha256').update('an access token').digest();
  expect(decoded(claims)['at_hash']).toBe(digest.subarray(0, 16).toString('base64url'));
});

it('no two are alike', () => {
  const ids = [idToken(key(), facts), idToken(key(), facts)].map(
    (token) => decoded(partsOf(token)[1])['jti'],
  );
  expect(new Set(ids).size).toBe(2);
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
});

it('is signed by RS256 under the key that its head names, and no change of it is', () => {
  const [head, claims, signature] = partsOf(idToken(key(), facts));
  expect(decoded(head)).toEqual({ alg: 'RS256', typ: 'JWT', kid: key().id });
  const publicKey = createPublicKey({ key: key().publicKey, format: 'jwk' });
  const fits = (text: string) =>
    verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
  expect(fits(`${head}.${claims}`)).toBe(true);
  expect(fits(`${head}.${claims}x`)).toBe(false);
});

it('a signing key is an RSA key of 3,072 bits, whose public half tells no private number', () => {
  expect(key().privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(Object.keys(key().publicKey).sort()).toEqual(['e', 'kty', 'n']);
  expect(Buffer.from(String(key().publicKey.n), 'base64url')).toHaveLength(384);
  expect(newSigningKey().id).not.toBe(key().id);
});
