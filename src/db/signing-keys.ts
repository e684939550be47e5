import type { JsonWebKey } from 'node:crypto';
import type { Sql } from './sql.js';

export interface StoredSigningKey {
  readonly id: string;
  /** Sealed. */
  readonly privateKey: Buffer;
  readonly publicKey: JsonWebKey;
}

/** The key that signs; undefined before there is one. */
export async function findSigningKey(sql: Sql): Promise<StoredSigningKey | undefined> {
  const [key] = await sql<StoredSigningKey[]>`
    select id, private_key as "privateKey", public_key as "publicKey" from signing_keys
    order by created_at, id limit 1`;
  return key;
}

/** Keeps the first key; another process may have been faster, so the caller reads again. */
export async function addFirstSigningKey(sql: Sql, key: StoredSigningKey): Promise<void> {
  await sql`
    insert into signing_keys (id, private_key, public_key)
    select ${key.id}, ${key.privateKey}, ${sql.json(key.publicKey as never)}
    where not exists (select from signing_keys)`;
}
