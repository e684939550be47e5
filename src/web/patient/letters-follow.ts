import type { Context } from 'hono';
import { rememberLanguage } from '../../db/patients.js';
import type { Sql } from '../../db/sql.js';
import type { WebEnv } from '../session.js';
import type { Language } from '../texts/languages.js';

/** Letters to a patient who is signed in follow the language of the pages. */
export function lettersFollow(sql: Sql) {
  return async (context: Context<WebEnv>, language: Language): Promise<void> => {
    const patientId = context.get('session')?.patientId;
    if (patientId != null) await rememberLanguage(sql, patientId, language);
  };
}
