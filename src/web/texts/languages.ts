import { en, type Texts } from './en.js';
import { es } from './es.js';

/** The languages of the patient pages, each with the region whose habits hold where the browser names none. */
export const languages = {
  en: { texts: en, region: 'GB' },
  es: { texts: es, region: 'ES' },
} as const satisfies Record<string, { texts: Texts; region: string }>;

export type Language = keyof typeof languages;

export function isLanguage(code: string | undefined): code is Language {
  return code !== undefined && Object.hasOwn(languages, code);
}
