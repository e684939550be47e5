import type { PageFingerprint } from './pages.js';
import type { Sql } from './sql.js';

/** Whether this page was stored just as it is. */
export async function isKnownPage(
  sql: Sql,
  patientId: number,
  { page, fingerprint }: PageFingerprint,
): Promise<boolean> {
  const rows = await sql`
    select from page_fingerprints
    where patient_id = ${patientId} and page = ${page} and fingerprint = ${fingerprint}`;
  return rows.length === 1;
}
