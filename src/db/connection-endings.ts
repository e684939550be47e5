import type { Sql } from './sql.js';

export type EndingOutcome = 'disconnected' | 'still needed' | 'purged' | 'purge not possible';

/** A disconnect that was asked for; `outcome` null while it is under way. */
export interface ConnectionEnding {
  readonly provider: string;
  readonly isPurge: boolean;
  readonly askedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: EndingOutcome | null;
}

/** What is wanted of a wearable that is no longer to be read. */
export interface EndingWish {
  readonly patientId: number;
  readonly provider: string;
  /** By the patient; false: only when no standing consent needs it. */
  readonly asked: boolean;
  /** Whether what Open Wearables keeps of it is deleted as well. */
  readonly purge: boolean;
}

/** Remembers that a disconnect is asked for, with or without deletion; asking again begins anew. */
export async function askEnding(sql: Sql, wish: EndingWish): Promise<void> {
  const { patientId, provider, asked, purge } = wish;
  await sql`
    insert into connection_endings (patient_id, provider, is_purge, by_patient)
    values (${patientId}, ${provider}, ${purge}, ${asked})
    on conflict (patient_id, provider, is_purge) do update
    set asked_at = clock_timestamp(), ended_at = null, outcome = null, by_patient = excluded.by_patient`;
}

/** Disconnects asked for at least so long ago that have not ended; nothing of patients who are being erased. */
export async function unfinishedEndings(sql: Sql, forSeconds: number): Promise<EndingWish[]> {
  return sql<EndingWish[]>`
    select e.patient_id as "patientId", e.provider, e.by_patient as asked, e.is_purge as purge
    from connection_endings e
    join connections c on c.patient_id = e.patient_id and c.provider = e.provider
    where e.outcome is null and e.asked_at <= clock_timestamp() - make_interval(secs => ${forSeconds})
      and (c.connected_at is null or e.asked_at > c.connected_at)
      and not exists (select from erasures x where x.patient_id = e.patient_id)
    order by e.asked_at`;
}

/** Remembers what became of it; one that nobody asked for is not remembered. */
export async function concludeEnding(
  sql: Sql,
  patientId: number,
  provider: string,
  isPurge: boolean,
  outcome: EndingOutcome,
): Promise<void> {
  await sql`
    update connection_endings set outcome = ${outcome}, ended_at = clock_timestamp()
    where patient_id = ${patientId} and provider = ${provider} and is_purge = ${isPurge}`;
}

/** What was asked for since each wearable was last connected. */
export async function endingsOf(sql: Sql, patientId: number): Promise<ConnectionEnding[]> {
  return sql<ConnectionEnding[]>`
    select e.provider, e.is_purge as "isPurge", e.asked_at as "askedAt", e.ended_at as "endedAt", e.outcome
    from connection_endings e
    join connections c on c.patient_id = e.patient_id and c.provider = e.provider
    where e.patient_id = ${patientId} and (c.connected_at is null or e.asked_at > c.connected_at)
    order by e.provider, e.is_purge`;
}
