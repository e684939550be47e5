import type { Sql } from './sql.js';

/** A user of Open Wearables and when it says it last synced. */
export interface SyncedUser {
  readonly owUserId: string;
  readonly syncedAt: string;
}

export interface SyncHint {
  readonly patientId: number;
  readonly syncedAt: string;
  /** True when it is not the one that was remembered. */
  readonly hasMoved: boolean;
}

/** What the list says of our patients; users who are not ours are left out. */
export async function hintsOf(sql: Sql, users: readonly SyncedUser[]): Promise<SyncHint[]> {
  return sql<SyncHint[]>`
    select p.id as "patientId", u."syncedAt", h.synced_at is distinct from u."syncedAt"::timestamptz as "hasMoved"
    from jsonb_to_recordset(${sql.json(users.map((user) => ({ ...user })))}) as u("owUserId" uuid, "syncedAt" text)
    join patients p on p.ow_user_id = u."owUserId"
    left join sync_hints h on h.patient_id = p.id
    order by p.id`;
}

/** Remembers hints and makes the patients due whose hint is another one now; a hint that is known changes nothing. */
export async function rememberHints(sql: Sql, hints: readonly SyncHint[]): Promise<void> {
  await sql`
    with moved as (
      insert into sync_hints as h (patient_id, synced_at)
      -- Whoever was erased meanwhile is left out.
      select given."patientId", given."syncedAt" from jsonb_to_recordset(${sql.json(hints.map((hint) => ({ ...hint })))})
        as given("patientId" integer, "syncedAt" timestamptz)
      join patients p on p.id = given."patientId"
      order by p.id for key share of p
      on conflict (patient_id) do update set synced_at = excluded.synced_at
      where h.synced_at <> excluded.synced_at
      returning patient_id
    )
    insert into due_patients (patient_id, reason) select patient_id, 'hint' from moved order by patient_id
    on conflict (patient_id) do update set reason = excluded.reason, marked_at = excluded.marked_at`;
}
