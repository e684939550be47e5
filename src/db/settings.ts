import type { Sql } from './sql.js';

/** A stored setting; secrets come back encrypted. */
export interface StoredSetting {
  readonly key: string;
  readonly value: unknown;
  readonly secret: Buffer | null;
  readonly updatedAt: Date;
}

export async function storedSettings(sql: Sql): Promise<StoredSetting[]> {
  return sql<
    StoredSetting[]
  >`select key, value, secret, updated_at as "updatedAt" from settings order by key`;
}

/**
 * Sets a plain setting, or a secret one, and writes the change into the history; `updatedBy` is null when the command
 * line did it. The same plain value again is no change. `forgetting` is a secret that goes with the old value.
 */
export async function saveSetting(
  sql: Sql,
  setting: {
    key: string;
    value: unknown;
    secret: Buffer | null;
    updatedBy: number | null;
    forgetting: string | null;
  },
): Promise<void> {
  const { key, secret, updatedBy, forgetting } = setting;
  const value = secret === null ? sql.json(setting.value as never) : null;
  await sql`
    with before as (
      select value, secret from settings where key = ${key}
    ), saved as (
      insert into settings as s (key, value, secret, updated_by)
      values (${key}, ${value}, ${secret}, ${updatedBy})
      on conflict (key) do update
      set value = excluded.value, secret = excluded.secret, updated_by = excluded.updated_by,
          updated_at = clock_timestamp()
      where s.secret is not null or excluded.secret is not null or s.value <> excluded.value
      returning value, secret
    ), forgotten as (
      delete from settings where key = ${forgetting} returning key
    )
    insert into setting_changes (key, is_secret, old_value, new_value, changed_by)
    select ${key}, saved.secret is not null,
           case when before.secret is not null then 'true' else before.value end,
           case when saved.secret is not null then 'true' else saved.value end, ${updatedBy}::integer
    from saved left join before on true
    union all
    select key, true, 'true', null, ${updatedBy}::integer from forgotten`;
}

/** Removes settings, so that their defaults hold again; answers which of them there were. */
export async function removeSettings(
  sql: Sql,
  keys: readonly string[],
  removedBy: number | null,
): Promise<string[]> {
  const removed = await sql<{ key: string }[]>`
    with removed as (
      delete from settings where key = any(${[...keys]}) returning key, value, secret
    )
    insert into setting_changes (key, is_secret, old_value, changed_by)
    select key, secret is not null, case when secret is not null then 'true' else value end, ${removedBy}
    from removed
    returning key`;
  return removed.map(({ key }) => key);
}

/** A change of a setting; of a secret only whether there was and is one. */
export interface SettingChange {
  readonly id: number;
  readonly key: string;
  readonly isSecret: boolean;
  readonly oldValue: unknown;
  readonly newValue: unknown;
  readonly changedAt: Date;
  /** The name of whoever did it; null: the command line. */
  readonly changedBy: string | null;
}

/** Changes of settings, the newest first, from before `before` on. */
export async function settingChanges(
  sql: Sql,
  limit: number,
  before: number | null = null,
): Promise<SettingChange[]> {
  return sql<SettingChange[]>`
    select c.id, c.key, c.is_secret as "isSecret", c.old_value as "oldValue", c.new_value as "newValue",
           c.changed_at as "changedAt", nullif(trim(concat(u.name_given, ' ', u.name_family)), '') as "changedBy"
    from setting_changes c left join users u on u.id = c.changed_by
    where ${before}::bigint is null or c.id < ${before}
    order by c.id desc limit ${limit}`;
}
