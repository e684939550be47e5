import type { Sql } from './sql.js';

/** The tables that keep something sealed. */
export const shelves = ['settings', 'signing keys', 'dead letters'] as const;
export type Shelf = (typeof shelves)[number];

/** A sealed value, where it lies, and the name that was sealed with it. */
export interface SealedValue {
  readonly id: string;
  readonly name: string;
  readonly sealed: Buffer;
}

/** At most so many values of a shelf that do not begin with `head`, after `after` in the order of their ids. */
export async function sealedOtherwise(
  sql: Sql,
  shelf: Shelf,
  head: Buffer,
  after: string | null,
  limit: number,
): Promise<SealedValue[]> {
  return sql<SealedValue[]>`
    select id::text, name, sealed from (${contents(sql, shelf)}) kept
    where substring(sealed from 1 for ${head.length}) <> ${head} and (${after === null} or kept.id > ${after})
    order by kept.id limit ${limit}`;
}

/** Puts the value sealed anew in the old one's place; false when that was changed meanwhile. */
export async function reseal(sql: Sql, shelf: Shelf, old: SealedValue, sealed: Buffer): Promise<boolean> {
  const result = await replacement(sql, shelf, old, sealed);
  return result.count === 1;
}

function contents(sql: Sql, shelf: Shelf) {
  if (shelf === 'settings') {
    return sql`select key as id, key as name, secret as sealed from settings where secret is not null`;
  }
  if (shelf === 'signing keys') {
    return sql`select id, 'signing key' as name, private_key as sealed from signing_keys`;
  }
  return sql`select id, 'dead-letter/' || patient_id as name, original as sealed from dead_letters`;
}

function replacement(sql: Sql, shelf: Shelf, { id, sealed: old }: SealedValue, sealed: Buffer) {
  if (shelf === 'settings') {
    return sql`update settings set secret = ${sealed} where key = ${id} and secret = ${old}`;
  }
  if (shelf === 'signing keys') {
    return sql`update signing_keys set private_key = ${sealed} where id = ${id} and private_key = ${old}`;
  }
  return sql`update dead_letters set original = ${sealed} where id = ${id} and original = ${old}`;
}
