import type { Sql } from './sql.js';

/** The name of the organization that enrolled the patient first; the page's letterhead. */
export async function organizationOfPatient(sql: Sql, patientId: number): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    select o.name from organization_patients p join organizations o on o.id = p.organization_id
    where p.patient_id = ${patientId} order by o.id limit 1`;
  return row?.name;
}
