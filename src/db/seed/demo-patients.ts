import type { Sql } from '../sql.js';

/** A patient of the demonstration: enrolled in a seeded study, nothing agreed, nothing connected. */
export interface DemoPatient {
  readonly id: number;
  readonly email: string;
}

/** Makes sure that `count` demonstration patients exist in this study and organization; answers them in order. */
export async function ensureDemoPatients(
  sql: Sql,
  options: { count: number; studyId: number; organizationId: number },
): Promise<DemoPatient[]> {
  const patients: DemoPatient[] = [];
  for (let number = 1; number <= options.count; number += 1) {
    const email = `demo_patient_${number}@example.com`;
    const [patient] = await sql<{ id: number }[]>`
      with account as (
        insert into users (email, kind, name_given, name_family)
        values (${email}, 'patient', 'Demo', ${`Patient ${number}`})
        on conflict do nothing returning id
      ), made as (
        insert into patients (user_id, time_zone) select id, 'Europe/Berlin' from account returning id
      ), member as (
        insert into organization_patients (organization_id, patient_id) select ${options.organizationId}, id from made
      ), enrolled as (
        insert into study_patients (study_id, patient_id) select ${options.studyId}, id from made
      )
      select id from made
      union all
      select p.id from patients p join users u on u.id = p.user_id where u.email = ${email}`;
    if (patient) patients.push({ id: patient.id, email });
  }
  return patients;
}
