import { READER_ROLE } from '../../src/db/reading.js';
import type { Sql } from '../../src/db/sql.js';

/** A column of a table that people may read, and the table whose ids it holds. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly target: string;
}

/** The columns of readable tables that lead to one of these, and their own ids. */
export async function readableReferences(sql: Sql, targets: readonly string[]): Promise<Reference[]> {
  return sql<Reference[]>`
    select distinct k.table_name as table, k.column_name as column, u.table_name as target
    from information_schema.table_constraints c
    join information_schema.key_column_usage k using (constraint_schema, constraint_name)
    join information_schema.constraint_column_usage u using (constraint_schema, constraint_name)
    where ((c.constraint_type = 'FOREIGN KEY' and u.column_name = 'id') or (c.constraint_type = 'PRIMARY KEY' and k.column_name = 'id'))
      and u.table_name = any(${targets as string[]}) and k.table_name in (${readable(sql)})
    union
    -- What outlives a patient has no foreign key.
    select table_name, column_name, 'patients' from information_schema.columns
    where column_name = 'patient_id' and table_name in (${readable(sql)})
      and table_name in (select relname::text from pg_class where relkind = 'r') and table_name not in ('audit_subjects', 'erasures')
    order by 1, 2`;
}

/** Every table and view that people may read, in whole or some columns of it. */
export async function readableTables(sql: Sql): Promise<string[]> {
  return (await sql<{ name: string }[]>`select distinct name from (${readable(sql)}) t(name) order by 1`).map(
    ({ name }) => name,
  );
}

function readable(sql: Sql) {
  return sql`select table_name from information_schema.column_privileges where grantee = ${READER_ROLE}`;
}

/**
 * What the wall has a hole for: a table with a foreign key to a person, an organization or a study, straight or through
 * others, that is not closed; or a view that people may read and that reads as its owner.
 */
export async function holes(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    with recursive foreign_keys as (
      select distinct k.table_name as from_table, u.table_name as to_table
      from information_schema.table_constraints c
      join information_schema.key_column_usage k using (constraint_schema, constraint_name)
      join information_schema.constraint_column_usage u using (constraint_schema, constraint_name)
      where c.constraint_type = 'FOREIGN KEY'
    ), personal (name) as (
      select c.table_name from information_schema.columns c
      where c.table_name in ('patients', 'users', 'organizations', 'studies')
         or c.column_name in ('patient_id', 'user_id', 'organization_id', 'study_id', 'observation_id')
      union select f.from_table from foreign_keys f join personal p on p.name = f.to_table
    )
    select c.relname as name from pg_class c join personal p on p.name = c.relname::text
    where c.relnamespace = current_schema()::regnamespace
      and ((c.relkind = 'r' and not c.relrowsecurity)
        or (c.relkind = 'v' and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
            and has_any_column_privilege(${READER_ROLE}, c.oid, 'select')))
    order by 1`;
  return rows.map(({ name }) => name);
}

/** How many rows of these a statement without any condition finds. */
export async function rowsOf(
  sql: Sql,
  { table, column }: Reference,
  ids: readonly number[],
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from ${sql(table)} where ${sql(column)} = any(${ids as number[]})`;
  return row?.count ?? 0;
}
