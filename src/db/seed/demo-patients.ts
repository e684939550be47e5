import { only, type Sql } from '../sql.js';

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

/** A demonstration patient who has answered nothing and used no invitation yet; a kept world gets a new one each run. */
export async function freshDemoPatient(
  sql: Sql,
  options: { studyId: number; organizationId: number },
): Promise<DemoPatient> {
  const find = async () => {
    const [patient] = await sql<DemoPatient[]>`
      select p.id, u.email from patients p join users u on u.id = p.user_id
      where u.email like 'demo\\_patient\\_%@example.com'
        and not exists (select 1 from consent_events e where e.patient_id = p.id)
        and not exists (select 1 from invitations i where i.patient_id = p.id and i.status = 'redeemed')
      order by p.id limit 1`;
    return patient;
  };
  const known = await find();
  if (known !== undefined) return known;
  const made = await ensureDemoPatients(sql, { ...options, count: (await countDemoPatients(sql)) + 1 });
  return only(made.slice(-1));
}

async function countDemoPatients(sql: Sql): Promise<number> {
  const rows = await sql<{ count: number }[]>`
    select count(*) as count from users where email like 'demo\\_patient\\_%@example.com'`;
  return only(rows).count;
}
