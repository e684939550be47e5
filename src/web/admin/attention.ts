import {
  attentionReasons,
  patientsInNeed,
  type AttentionSearch,
  type PatientInNeed,
} from '../../db/attention.js';
import type { Sql } from '../../db/sql.js';

/** How long a connected patient may have nothing new before somebody should ask. */
export const SILENT_HOURS = 48;

/** One page of patients in need, and where the next one begins. */
export async function attentionPage(
  sql: Sql,
  organizationIds: readonly number[] | null,
  after: AttentionSearch['after'],
  limit: number,
): Promise<{ patients: PatientInNeed[]; next: string | null }> {
  const search = { organizationIds, silentHours: SILENT_HOURS, after, limit: limit + 1 };
  const found = await patientsInNeed(sql, search);
  const patients = found.slice(0, limit);
  const last = patients.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { patients, next: hasMore ? `${last.reason}/${last.patientId}` : null };
}

/** The place in an address, `lost/40001`; anything else begins at the beginning. */
export function wantedAfter(text: string | undefined): AttentionSearch['after'] {
  const [name, patientId = ''] = (text ?? '').split('/');
  const reason = attentionReasons.find((known) => known === name);
  return reason === undefined || !/^\d{1,9}$/.test(patientId)
    ? null
    : { reason, patientId: Number(patientId) };
}
