import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { hashToken, TOKEN_PATTERN } from '../../auth/tokens.js';

const NAME = /^[A-Za-z0-9_-]{43}$/;
const PATH = '/ow/';
const DAY_SECONDS = 24 * 60 * 60;

/**
 * The link that a browser has opened. Pages and addresses name it by the hash of its token, which opens nothing; the
 * token itself stays in a cookie of the link's own, so that two links in two tabs are not mistaken for each other.
 */
export interface LinkAtHand {
  readonly name: string;
  /** Undefined where the browser has forgotten it, or keeps no cookies. */
  readonly token: string | undefined;
}

/** Leaves the token with the browser. */
export function keepLink(context: Context, siteUrl: string, token: string): LinkAtHand {
  const name = hashToken(token).toString('base64url');
  setCookie(context, cookieOf(name), token, {
    path: PATH,
    httpOnly: true,
    secure: siteUrl.startsWith('https:'),
    // A link is followed from a mail, which is another site.
    sameSite: 'Lax',
    maxAge: DAY_SECONDS,
  });
  return { name, token };
}

/** The link of this name; undefined when nothing has such a name. */
export function linkNamed(context: Context, name: string): LinkAtHand | undefined {
  if (!NAME.test(name)) return undefined;
  const token = getCookie(context, cookieOf(name)) ?? '';
  return { name, token: TOKEN_PATTERN.test(token) ? token : undefined };
}

/** After its single use. */
export function forgetLink(context: Context, siteUrl: string, { name }: LinkAtHand): void {
  deleteCookie(context, cookieOf(name), { path: PATH, secure: siteUrl.startsWith('https:') });
}

/** By what the database knows the link. */
export function hashOfLink({ name }: LinkAtHand): Buffer {
  return Buffer.from(name, 'base64url');
}

function cookieOf(name: string): string {
  return `link-${name}`;
}
