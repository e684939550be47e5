import type { Sql } from './sql.js';

/** A column that holds the number of a patient or of an account. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: 'patient' | 'account';
}

/** What stays on purpose. */
const KEPT: readonly string[] = [
  'consent_events.patient_id',
  'consent_events.recorded_by',
  'audit_subjects.patient_id',
  'erasures.patient_id',
  'erasures.asked_by',
];

/**
 * Every column of the schema that may name a patient or an account, by its foreign key or, where it has none, by its
 * name. It is asked of the database, so that a table which is added later is not forgotten.
 */
export async function patientReferences(sql: Sql): Promise<Reference[]> {
  const columns = await sql<Reference[]>`
    select c.relname as "table", a.attname as "column",
           case when k.confrelid = 'patients'::regclass
                  or (k.confrelid is null and a.attname like '%patient%') then 'patient' else 'account' end as "to"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_constraint k on k.contype = 'f' and k.conrelid = c.oid and a.attnum = any(k.conkey)
      and k.confrelid in ('patients'::regclass, 'users'::regclass)
    where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
      and c.oid not in ('patients'::regclass, 'users'::regclass)
      and (k.confrelid is not null
           or (a.atttypid in ('integer'::regtype, 'bigint'::regtype) and a.attname ~ '(patient|user)(_id)?$|_by$'))
    order by 1, 2`;
  return columns.map((row) => ({ ...row }));
}

/** The columns, of those that do not stay on purpose, that still name this patient or the account; as `table.column`. */
export async function leftOf(sql: Sql, patientId: number): Promise<string[]> {
  const columns = (await patientReferences(sql)).map((each) => ({
    ...each,
    name: `${each.table}.${each.column}`,
  }));
  const left: string[] = [];
  for (const { table, column, to, name } of columns.filter((each) => !KEPT.includes(each.name))) {
    const owner =
      to === 'patient'
        ? sql`${patientId}::integer`
        : sql`(select user_id from patients where id = ${patientId})`;
    const rows = await sql`select 1 from ${sql(table)} where ${sql(column)} = ${owner} limit 1`;
    if (rows.length > 0) left.push(name);
  }
  return left;
}

/** Whether a column stays on purpose. */
export function isKept({ table, column }: Reference): boolean {
  return KEPT.includes(`${table}.${column}`);
}
