import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { parseAccept } from 'hono/utils/accept';
import { isLanguage, type Language, languages } from './texts/languages.js';
import { type Reader, themes } from './texts/reader.js';

/** The cookies of the two switches. */
export const LANGUAGE = 'language';
export const THEME = 'theme';

/** Language, region and light for whoever asks: what the switches say, else what the browser says. */
export function readerOf(context: Context): Omit<Reader, 'zone'> {
  const wanted = wantedBy(context);
  const language = languageOf(getCookie(context, LANGUAGE), wanted);
  const { texts, region } = languages[language];
  const own = wanted.find((locale) => locale.language === language && locale.region !== undefined);
  const nearest = own?.region ?? wanted.find((locale) => locale.region !== undefined)?.region ?? region;
  return {
    texts,
    locale: `${language}-${nearest}`,
    theme: themes.find((theme) => theme === getCookie(context, THEME)),
  };
}

/** The language of whoever asks, for what is sent later. */
export function languageFor(context: Context): Language {
  return languageOf(getCookie(context, LANGUAGE), wantedBy(context));
}

function wantedBy(context: Context): Intl.Locale[] {
  return parseAccept(context.req.header('accept-language') ?? '')
    .filter(({ type, q }) => q > 0 && /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(type))
    .map(({ type }) => new Intl.Locale(type));
}

function languageOf(chosen: string | undefined, wanted: readonly Intl.Locale[]): Language {
  if (isLanguage(chosen)) return chosen;
  return wanted.map(({ language }) => language).find(isLanguage) ?? 'en';
}
