import { STUDY } from '../../dev/journey/stage.js';
import type { Sql } from '../../src/db/sql.js';
import { decide } from './connected-patient.js';

/** The concept of a code. */
export async function conceptOf(sql: Sql, code: string): Promise<number> {
  const [concept] = await sql<{ id: number }[]>`select id from codeable_concepts where code = ${code}`;
  if (concept === undefined) throw new Error(`no concept has the code ${code}`);
  return concept.id;
}

/** Makes the study of the journey ask for these codes too, some of them with data types of its own choice. */
export async function askFor(
  sql: Sql,
  codes: readonly string[],
  extraDataTypes: readonly string[] = [],
): Promise<void> {
  for (const code of codes) {
    await sql`
      insert into study_scopes (study_id, concept_id, extra_data_types)
      values (${STUDY.studyId}, ${await conceptOf(sql, code)}, ${extraDataTypes as string[]})
      on conflict (study_id, concept_id) do update set extra_data_types = excluded.extra_data_types`;
  }
}

/** The study asks for these codes, and the patient agreed to them some days ago. */
export async function agreeTo(
  sql: Sql,
  patientId: number,
  codes: readonly string[],
  daysAgo = 0,
): Promise<void> {
  await askFor(sql, codes);
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  for (const code of codes)
    await decide(sql, patientId, 'agreed', { at, conceptId: await conceptOf(sql, code) });
}
