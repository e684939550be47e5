import type { Sql } from './sql.js';

export type ConnectionStatus = 'active' | 'revoked' | 'expired';

export interface Connection {
  readonly provider: string;
  readonly status: ConnectionStatus;
  readonly connectedAt: Date | null;
  readonly checkedAt: Date;
}

/** The patient's wearables as Open Wearables last showed them. */
export async function connectionsOf(sql: Sql, patientId: number): Promise<Connection[]> {
  return sql<Connection[]>`
    select provider, status, connected_at as "connectedAt", checked_at as "checkedAt"
    from connections where patient_id = ${patientId} order by provider`;
}

/** Remembers what Open Wearables says of one connection. */
export async function saveConnection(
  sql: Sql,
  patientId: number,
  provider: string,
  status: ConnectionStatus,
): Promise<void> {
  await sql`
    insert into connections as c (patient_id, provider, status, connected_at)
    values (${patientId}, ${provider}, ${status}, case when ${status} = 'active' then now() end)
    on conflict (patient_id, provider) do update
    set status = excluded.status, checked_at = now(),
        disconnected_at = case when excluded.status <> 'active' then c.disconnected_at end,
        connected_at = case when excluded.status = 'active' and c.status <> 'active' then now()
                            else c.connected_at end`;
}

/** Remembers that we ended this connection ourselves. */
export async function markDisconnected(sql: Sql, patientId: number, provider: string): Promise<void> {
  await sql`
    update connections set disconnected_at = now()
    where patient_id = ${patientId} and provider = ${provider} and status <> 'active'`;
}

/**
 * Providers that are connected although no standing agreement needs them any more: neither study, kind of data nor
 * wearable is left that a consent covers.
 */
export async function unneededProviders(sql: Sql, patientId: number): Promise<string[]> {
  const rows = await sql<{ provider: string }[]>`
    select c.provider from connections c
    where c.patient_id = ${patientId} and c.status <> 'revoked'
      and not exists (
        select 1 from covered_intervals v
        join data_sources d on d.id = v.data_source_id
        where v.patient_id = c.patient_id and d.provider = c.provider and v.ends_at is null)
    order by c.provider`;
  return rows.map((row) => row.provider);
}

/** Providers that a standing agreement needs even when those to this study stop. */
export async function providersNeededWithout(
  sql: Sql,
  patientId: number,
  studyId: number,
): Promise<string[]> {
  const rows = await sql<{ provider: string }[]>`
    select distinct d.provider from covered_intervals v join data_sources d on d.id = v.data_source_id
    where v.patient_id = ${patientId} and v.study_id <> ${studyId} and v.ends_at is null and d.provider is not null`;
  return rows.map((row) => row.provider);
}
