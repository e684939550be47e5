import { only, type Sql } from './sql.js';

/** What a message of Open Wearables leads to. */
export type MessageOutcome =
  { readonly kind: 'repeated' | 'unknown user' } | { readonly kind: 'nudge' | 'gathered'; patientId: number };

/**
 * Remembers a message for a day and makes its patient due, once however often the message comes. The first message
 * since the newest read ended is to nudge the patient's read; the others are gathered by it. A nudge from which no read
 * began within a minute got lost, and a read may last longer: then the next message nudges again.
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
      ), lost as (
        delete from nudges n using patients p cross join message
        where n.patient_id = p.id and p.ow_user_id = ${owUserId} and n.nudged_at < now() - interval '1 minute'
        returning n.patient_id
      ), nudge as (
        insert into nudges (patient_id, is_again)
        select p.id, exists (select from lost) from patients p cross join message where p.ow_user_id = ${owUserId}
        on conflict (patient_id) do update set is_again = true
        -- Only a row that this statement made has never been locked: who waited for another one is not the first.
        returning patient_id, xmax = 0 as is_first
      ), due as (
        -- After the nudge, as a read that begins or ends: two that wait for each other would have to fail.
        insert into due_patients (patient_id, reason) select patient_id, 'webhook' from nudge
        on conflict (patient_id) do update set marked_at = excluded.marked_at
        returning patient_id
      )
      select exists (select from message) as "isNew", (select patient_id from due) as "patientId",
             coalesce((select is_first from nudge), false) as "isFirst"`,
  );
  if (!row.isNew) return { kind: 'repeated' };
  if (row.patientId === null) return { kind: 'unknown user' };
  return { kind: row.isFirst ? 'nudge' : 'gathered', patientId: row.patientId };
}

/** What every message so far was about is known: the next one nudges again. */
export async function takeNudge(sql: Sql, patientId: number): Promise<void> {
  await sql`delete from nudges where patient_id = ${patientId}`;
}
