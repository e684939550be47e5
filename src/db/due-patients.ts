import { only, type Sql } from './sql.js';

/** Why a patient is read at the next poll; a hint is read twice, since Open Wearables gives it before the data is there. */
export type DueReason = 'connected' | 'consent' | 'webhook' | 'hint' | 'hint again' | 'healed' | 'operator';

/** Has the next poll read this patient. Answers false when the patient was due already. */
export async function markDue(sql: Sql, patientId: number, reason: DueReason): Promise<boolean> {
  const { isNew } = only(
    await sql<{ isNew: boolean }[]>`
      insert into due_patients as d (patient_id, reason) values (${patientId}, ${reason})
      on conflict (patient_id) do update
      set reason = case when d.reason = 'hint' then d.reason else excluded.reason end,
          marked_at = excluded.marked_at
      returning xmax = 0 as "isNew"`,
  );
  return isNew;
}

/** Has the next poll read every patient with an account at Open Wearables, as an operator asks for. */
export async function markEverybodyDue(sql: Sql): Promise<void> {
  await sql`
    insert into due_patients as d (patient_id, reason)
    select id, 'operator' from patients where ow_user_id is not null order by id
    on conflict (patient_id) do update set marked_at = excluded.marked_at`;
}
