import { createHash } from 'node:crypto';
import { TOKEN_PATTERN } from './tokens.js';

/** What the client proves itself with when it exchanges the code: it makes the verifier of the token (PKCE, S256). */
export function challengeOf(token: string): string {
  const verifier = Buffer.from(token).toString('base64url');
  return createHash('sha256').update(verifier).digest('base64url');
}

/**
 * The code of an invitation link, `<host>_<token>` as JupyterHealth clients know it; the host part is percent-encoded
 * and holds no underscore.
 */
export function invitationCode(siteUrl: string, token: string): string {
  return `${encodeURIComponent(new URL(siteUrl).host)}_${token}`;
}

/** The link a patient gets: the client's URL with the literal CODE replaced. */
export function invitationLink(invitationUrl: string, siteUrl: string, token: string): string {
  return invitationUrl.replace('CODE', invitationCode(siteUrl, token));
}

/** The token inside a code; undefined when malformed. The host part is never contacted, so it is not even read. */
export function tokenOfCode(code: string): string | undefined {
  const token = code.slice(code.indexOf('_') + 1);
  return TOKEN_PATTERN.test(token) ? token : undefined;
}
