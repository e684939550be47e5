import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  randomUUID,
  sign,
} from 'node:crypto';

/** An RSA key in the forms that are kept and shown: the private half as PEM, the public one as JWK. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: string;
  readonly publicKey: JsonWebKey;
}

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  return {
    id: randomUUID(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ format: 'jwk' }),
  };
}

export interface IdTokenFacts {
  readonly issuer: string;
  readonly clientId: string;
  readonly userId: number;
  readonly email: string;
  readonly signedInAt: Date;
  readonly accessToken: string;
  readonly now: Date;
}

const LIFETIME_SECONDS = 36_000;

/** A JWT (RS256) that tells an OpenID Connect client who signed in. */
export function idToken(key: SigningKey, facts: IdTokenFacts): string {
  const issuedAt = seconds(facts.now);
  const claims = {
    iss: facts.issuer,
    aud: facts.clientId,
    sub: String(facts.userId),
    email: facts.email,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    auth_time: seconds(facts.signedInAt),
    at_hash: accessTokenHash(facts.accessToken),
    jti: randomUUID(),
  };
  const head = encoded({ alg: 'RS256', typ: 'JWT', kid: key.id });
  const body = `${head}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(body), createPrivateKey(key.privateKey));
  return `${body}.${signature.toString('base64url')}`;
}

/** Binds the id token to the access token beside it (OpenID Connect Core 3.1.3.6). */
function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
