import type { Context, MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { valueOf, textFields } from './patient/signed-in.js';
import { LANGUAGE, THEME } from './reader.js';
import type { WebEnv } from './session.js';
import { isLanguage, type Language } from './texts/languages.js';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The switches of language and light post to the page they stand on, which is then shown again: an address that holds
 * a secret need not be written into the page. `languageChosen` is told for whom.
 */
export function preferences(
  siteUrl: string,
  languageChosen: (context: Context<WebEnv>, language: Language) => Promise<void> = () => Promise.resolve(),
): MiddlewareHandler<WebEnv> {
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
    const language = valueOf(form, LANGUAGE);
    if (isLanguage(language)) await languageChosen(context, language);
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`${pathname}${search}`, 303);
  };
}
