import { only, type Sql } from './sql.js';

/** What a message of Open Wearables leads to. */
export type MessageOutcome =
  { readonly kind: 'repeated' | 'unknown user' } | { readonly kind: 'nudge' | 'gathered'; patientId: number };

/**
 * Remembers a message for a day and makes its patient due, once however often the message comes. The first message
 * since the newest read began is to nudge the patient's read; the others are gathered by it. A nudge that nobody took
 * within a minute got lost, so the next message nudges again.
 */
export async function receiveMessage(sql: Sql, messageId: string, owUserId: string): Promise<MessageOutcome> {
  const row = only(
    await sql<{ isNew: boolean; patientId: number | null; isFirst: boolean }[]>`
      with forgotten as (
        delete from webhook_messages where id in (
          select id from webhook_messages where received_at < now() - interval '1 day'
          order by received_at limit 100 for update skip locked)
      ), message as (
        insert into webhook_messages (id) values (${messageId}) on conflict do nothing returning id
      ), due as (
        insert into due_patients (patient_id, reason)
        select p.id, 'webhook' from patients p cross join message where p.ow_user_id = ${owUserId}
        on conflict (patient_id) do update set marked_at = excluded.marked_at
        returning patient_id
      ), nudge as (
        insert into nudges as n (patient_id) select patient_id from due
        on conflict (patient_id) do update set nudged_at = excluded.nudged_at
        where n.nudged_at < now() - interval '1 minute'
        returning patient_id
      )
      select exists (select from message) as "isNew", (select patient_id from due) as "patientId",
             exists (select from nudge) as "isFirst"`,
  );
  if (!row.isNew) return { kind: 'repeated' };
  if (row.patientId === null) return { kind: 'unknown user' };
  return { kind: row.isFirst ? 'nudge' : 'gathered', patientId: row.patientId };
}

/** A read begins: it sees what every message so far was about, and the next message nudges again. */
export async function takeNudge(sql: Sql, patientId: number): Promise<void> {
  await sql`delete from nudges where patient_id = ${patientId}`;
}
