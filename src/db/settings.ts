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

/** Sets a plain setting, or a secret one; `updatedBy` is null when the command line did it. */
export async function saveSetting(
  sql: Sql,
  setting: { key: string; value: unknown; secret: Buffer | null; updatedBy: number | null },
): Promise<void> {
  const value = setting.secret === null ? sql.json(setting.value as never) : null;
  await sql`
    insert into settings (key, value, secret, updated_by)
    values (${setting.key}, ${value}, ${setting.secret}, ${setting.updatedBy})
    on conflict (key) do update
    set value = excluded.value, secret = excluded.secret, updated_by = excluded.updated_by,
        updated_at = clock_timestamp()`;
}

/** Removes a setting, so that its default holds again; answers whether there was one. */
export async function removeSetting(sql: Sql, key: string): Promise<boolean> {
  const result = await sql`delete from settings where key = ${key}`;
  return result.count === 1;
}
