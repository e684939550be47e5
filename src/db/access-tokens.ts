import type { Sql } from './sql.js';
import { type ToldUserWithRoles, toldUserWithRoles, type UserWithRoles } from './users.js';

/** What a token may do: read, or everything that its account may. */
export type TokenAccess = 'read' | 'write';

export interface NewAccessToken {
  readonly userId: number;
  readonly name: string;
  readonly tokenHash: Buffer;
  readonly validDays: number;
  readonly access: TokenAccess;
}

/** Keeps the hash of a personal access token. */
export async function createAccessToken(sql: Sql, token: NewAccessToken): Promise<void> {
  await sql`
    insert into access_tokens (user_id, name, token_hash, expires_at, access)
    values (${token.userId}, ${token.name}, ${token.tokenHash}, now() + make_interval(days => ${token.validDays}),
            ${token.access})`;
}

/** For whom a bearer token acts, and how far. */
export interface Bearer {
  readonly identity: UserWithRoles;
  readonly access: TokenAccess;
}

/** Undefined when the token is unknown, expired or revoked, or of a patient whose erasure was asked for. */
export async function bearerOfAccessToken(sql: Sql, tokenHash: Buffer): Promise<Bearer | undefined> {
  const [row] = await sql<(ToldUserWithRoles & { access: TokenAccess })[]>`
    select t.access, ${toldUserWithRoles(sql)}
    from access_tokens t
    join users u on u.id = t.user_id
    left join patients p on p.user_id = u.id
    left join token_families f on f.id = t.family_id
    where t.token_hash = ${tokenHash} and t.expires_at > now() and t.revoked_at is null and f.revoked_at is null
      and not exists (select from erasures e where e.patient_id = p.id)`;
  return row && { identity: { user: row.user, roles: new Map(row.roles) }, access: row.access };
}

export interface PersonalToken {
  readonly id: number;
  readonly name: string;
  readonly access: TokenAccess;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** The personal access tokens of an account that are still good, newest first; those of sign-ins are not among them. */
export async function personalTokens(sql: Sql, userId: number): Promise<PersonalToken[]> {
  return sql<PersonalToken[]>`
    select id, name, access, created_at as "createdAt", expires_at as "expiresAt" from access_tokens
    where user_id = ${userId} and family_id is null and revoked_at is null and expires_at > now()
    order by id desc`;
}

/** Ends a personal access token of this account; answers false when it has none of this id that is still good. */
export async function revokePersonalToken(sql: Sql, userId: number, id: number): Promise<boolean> {
  const result = await sql`
    update access_tokens set revoked_at = now()
    where id = ${id} and user_id = ${userId} and family_id is null and revoked_at is null and expires_at > now()`;
  return result.count === 1;
}
