import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { isBy } from '../audit/requests.js';
import { hashToken, newToken, sameSecret } from '../auth/tokens.js';
import { onBehalfOf } from '../db/reading.js';
import { createSession, endSession, readSession, touchSession, type Session } from '../db/sessions.js';
import { isReadOnly, type Sql } from '../db/sql.js';

/** The session of this request, with the hash of its id. */
export type LiveSession = Session & { readonly hash: Buffer };

/** What the session middleware leaves for the handlers of pages. */
export interface WebEnv {
  Variables: { requestId: string; session: LiveSession | undefined };
}

/** A context of some pages has all that one of any page has; the library's types do not know that more may be less. */
export function anyPage<Env extends WebEnv>(context: Context<Env>): Context<WebEnv> {
  return context as unknown as Context<WebEnv>;
}

export const IDLE_MINUTES = 60;
export const LIFETIME_MINUTES = 12 * 60;

/** `__Host-` binds the cookie to this origin; browsers take it only over https, and on localhost without a name prefix. */
function cookieName(siteUrl: string): string {
  return siteUrl.startsWith('https:') ? '__Host-session' : 'session';
}

/** Reads the session behind the cookie, if there is one. */
export function sessions(sql: Sql, siteUrl: string): MiddlewareHandler<WebEnv> {
  return createMiddleware<WebEnv>(async (context, next) => {
    const id = getCookie(context, cookieName(siteUrl));
    const hash = hashToken(id ?? '');
    const session = id === undefined ? undefined : await liveSession(sql, hash);
    context.set('session', session && { ...session, hash });
    if (session !== undefined) {
      const { userId: id, patientId } = session;
      isBy(context, { id, kind: patientId === null ? 'practitioner' : 'patient', patientId });
    }
    await (session === undefined ? next() : onBehalfOf(session.userId, next));
  });
}

async function liveSession(sql: Sql, hash: Buffer): Promise<Session | undefined> {
  try {
    return await touchSession(sql, hash, IDLE_MINUTES);
  } catch (thrown) {
    if (!isReadOnly(thrown)) throw thrown;
    return readSession(sql, hash, IDLE_MINUTES);
  }
}

/**
 * Opens a fresh session for this account; the old one of this browser ends, so that no session id survives a sign-in.
 * Answers false when the account has another password by now.
 */
export async function openSession(
  context: Context<WebEnv>,
  sql: Sql,
  siteUrl: string,
  account: { readonly userId: number; readonly passwordHash: string },
): Promise<boolean> {
  const id = newToken();
  const session = { idHash: hashToken(id), csrf: newToken(), lifetimeMinutes: LIFETIME_MINUTES };
  if (!(await createSession(sql, { ...session, ...account }))) return false;
  await keepSession(context, sql, siteUrl, id);
  return true;
}

/** Makes this the session of the browser; the one it had before ends. */
export async function keepSession(
  context: Context<WebEnv>,
  sql: Sql,
  siteUrl: string,
  id: string,
): Promise<void> {
  const old = context.get('session');
  if (old && !old.hash.equals(hashToken(id))) await endSession(sql, old.hash);
  setCookie(context, cookieName(siteUrl), id, {
    path: '/',
    httpOnly: true,
    secure: siteUrl.startsWith('https:'),
    // The vendor sends the browser back by a redirect from another site: Strict would lose the session there.
    sameSite: 'Lax',
  });
}

export async function closeSession(context: Context<WebEnv>, sql: Sql, siteUrl: string): Promise<void> {
  const session = context.get('session');
  if (session) await endSession(sql, session.hash);
  deleteCookie(context, cookieName(siteUrl), { path: '/', secure: siteUrl.startsWith('https:') });
}

/** Whether a posted form carries the anti-forgery value of this session. */
export function isGenuine(session: Session, csrf: string): boolean {
  return sameSecret(csrf, session.csrf);
}
