import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { TOKEN_PATTERN } from '../../auth/tokens.js';

const COOKIE = 'receipt';
const PATH = '/ow/';
const DAYS_30 = 30 * 24 * 60 * 60;

/** Leaves with the browser what shows how an erasure goes on, since whoever asked for it has no session any more. */
export function keepReceipt(context: Context, siteUrl: string, receipt: string): void {
  setCookie(context, COOKIE, receipt, {
    path: PATH,
    httpOnly: true,
    secure: siteUrl.startsWith('https:'),
    sameSite: 'Lax',
    maxAge: DAYS_30,
  });
}

/** Undefined where the browser has none. */
export function receiptAtHand(context: Context): string | undefined {
  const receipt = getCookie(context, COOKIE) ?? '';
  return TOKEN_PATTERN.test(receipt) ? receipt : undefined;
}

/** When somebody signs in here: it may be another person's. */
export function forgetReceipt(context: Context, siteUrl: string): void {
  deleteCookie(context, COOKIE, { path: PATH, secure: siteUrl.startsWith('https:') });
}
