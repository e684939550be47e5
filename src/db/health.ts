import { only, type Sql } from './sql.js';

/** Writes a row that stands for nothing: throws what Postgres says when it takes no writes. */
export async function checkWrite(sql: Sql): Promise<void> {
  await sql`
    insert into write_checks (checked_at) values (clock_timestamp())
    on conflict (id) do update set checked_at = excluded.checked_at`;
}

export async function databaseTime(sql: Sql): Promise<Date> {
  const { now } = only(await sql<{ now: Date }[]>`select clock_timestamp() as now`);
  return now;
}

/** How fast dead letters come: the last hour, and the day before it. */
export interface LetterPace {
  readonly lastHour: number;
  readonly dayBefore: number;
}

export async function letterPace(sql: Sql): Promise<LetterPace> {
  return only(
    await sql<LetterPace[]>`
      select count(*) filter (where first_seen_at > now() - interval '1 hour') as "lastHour",
             count(*) filter (where first_seen_at <= now() - interval '1 hour') as "dayBefore"
      from dead_letters where first_seen_at > now() - interval '25 hours'`,
  );
}

/** A device maker that a study uses or a patient has connected; `lost`: ended without being asked, though still needed. */
export interface ProviderConnections {
  readonly provider: string;
  readonly name: string;
  readonly active: number;
  readonly lost: number;
}

export async function providerConnections(sql: Sql): Promise<ProviderConnections[]> {
  return sql<ProviderConnections[]>`
    select p.provider, coalesce(d.name, p.provider) as name,
           count(c.patient_id) filter (where c.status = 'active') as active,
           count(c.patient_id) filter (where c.status <> 'active' and c.disconnected_at is null and exists (
             select 1 from covered_intervals v
             where v.patient_id = c.patient_id and v.data_source_id = d.id and v.ends_at is null)) as lost
    from (
      select provider from connections
      union
      select d.provider from study_data_sources s join data_sources d on d.id = s.data_source_id
      where d.provider is not null
    ) p
    left join data_sources d on d.provider = p.provider
    left join connections c on c.provider = p.provider
    group by p.provider, d.name order by p.provider`;
}

/** How many patients could not be read when it was last tried, by the type of the failure. */
export async function failuresByKind(sql: Sql): Promise<{ kind: string; patients: number }[]> {
  return sql<{ kind: string; patients: number }[]>`
    select coalesce(failure, 'Unknown') as kind, count(*) as patients from patient_sync
    where outcome = 'could not read' group by 1 order by 2 desc, 1`;
}

/** Of these accounts at Open Wearables, the patients of whom an active connection is remembered. */
export async function connectedAmong(sql: Sql, owUserIds: readonly string[]): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select p.id from patients p
    where p.ow_user_id = any(${owUserIds as string[]}::uuid[])
      and exists (select 1 from connections c where c.patient_id = p.id and c.status = 'active')
    order by p.id`;
  return rows.map(({ id }) => id);
}
