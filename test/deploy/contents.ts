import type { Sql } from '../../src/db/sql.js';

/** Each table with a digest of all its rows. */
export async function tablesOf(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [found] = await sql<{ digest: string }[]>`
      select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest
      from ${sql(name)} t`;
    digests[name] = found?.digest ?? '';
  }
  return digests;
}

/** Where each sequence stands: playing a log back may move it on by some, and never back. */
export async function sequencesOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select concat_ws(' ', sequencename, last_value) as line from pg_sequences where schemaname = 'public' order by 1`;
  return rows.map(({ line }) => line);
}

/** What the database enforces by itself, whoever the owner is: one line a rule. */
export async function rulesOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ rule: string }[]>`
    select concat_ws(' ', 'policy', tablename, policyname, roles::text, cmd, qual) as rule from pg_policies
    union all
    select concat_ws(' ', 'table', relname, relkind, relrowsecurity::text, reloptions::text,
                     pg_get_viewdef(oid, true)) from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S')
    union all
    select concat_ws(' ', 'grant', table_name, column_name, privilege_type) from information_schema.column_privileges
    where grantee = 'wearable_exchange_reader'
    union all
    select concat_ws(' ', pg_get_functiondef(oid), 'may be called by readers:',
                     has_function_privilege('wearable_exchange_reader', oid, 'execute')::text)
    from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select pg_get_triggerdef(oid, true) from pg_trigger where not tgisinternal
    union all
    select concat_ws(' ', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = 'public'::regnamespace
    union all
    select indexdef from pg_indexes where schemaname = 'public'
    order by 1`;
  return rows.map(({ rule }) => rule);
}

/** What is stored of everybody's measurements. */
export async function measurementsOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select concat_ws(' ', patient_id, identifier, status, value,
                     (select count(*) from observation_revisions r where r.observation_id = o.id)) as line
    from observations o order by 1`;
  return rows.map(({ line }) => line);
}
