import type { Sql } from './sql.js';

export interface NewAccessToken {
  readonly userId: number;
  readonly name: string;
  readonly tokenHash: Buffer;
  readonly validDays: number;
}

/** Keeps the hash of a bearer token for API clients. */
export async function createAccessToken(sql: Sql, token: NewAccessToken): Promise<void> {
  await sql`
    insert into access_tokens (user_id, name, token_hash, expires_at)
    values (${token.userId}, ${token.name}, ${token.tokenHash}, now() + make_interval(days => ${token.validDays}))`;
}

/** The account a bearer token acts for; undefined when it is unknown, expired or revoked. */
export async function userOfAccessToken(sql: Sql, tokenHash: Buffer): Promise<number | undefined> {
  const [row] = await sql<{ userId: number }[]>`
    select user_id as "userId" from access_tokens
    where token_hash = ${tokenHash} and expires_at > now() and revoked_at is null`;
  return row?.userId;
}
