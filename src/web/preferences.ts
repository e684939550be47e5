import type { MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { valueOf, textFields } from './patient/signed-in.js';
import { LANGUAGE, THEME } from './reader.js';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The switches of language and light post to the page they stand on, which is then shown again: an address that holds
 * a secret need not be written into the page.
 */
export function preferences(siteUrl: string): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method !== 'POST') return next();
    const form = textFields(await context.req.parseBody());
    const switched = [LANGUAGE, THEME].filter((name) => form[name] !== undefined);
    if (switched.length === 0) return next();
    for (const name of switched) {
      setCookie(context, name, valueOf(form, name), {
        path: '/',
        httpOnly: true,
        secure: siteUrl.startsWith('https:'),
        sameSite: 'Lax',
        maxAge: YEAR_SECONDS,
      });
    }
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`${pathname}${search}`, 303);
  };
}
