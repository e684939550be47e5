import type { Sql } from './sql.js';

export interface NewTokens {
  /** The family they join; undefined: a new one, with its owner. */
  readonly familyId: string | undefined;
  readonly userId: number;
  readonly clientId: string;
  readonly invitationId: number | null;
  readonly accessHash: Buffer;
  readonly accessExpiresAt: Date;
  /** Null for clients that sign in with a secret: they ask again instead. */
  readonly refreshHash: Buffer | null;
  readonly refreshExpiresAt: Date;
  readonly scope: string;
}

/** Keeps what was just issued; answers when the person of the family signed in. */
export async function saveTokens(sql: Sql, tokens: NewTokens): Promise<Date | undefined> {
  const [family] = await sql<{ signedInAt: Date }[]>`
    with founded as (
      insert into token_families (user_id, client_id, invitation_id)
      select ${tokens.userId}::integer, ${tokens.clientId}, ${tokens.invitationId}::integer
      where ${tokens.familyId === undefined}
      returning id, created_at
    ), family as (
      select id, created_at from founded
      union all
      select id, created_at from token_families where id = ${tokens.familyId ?? null}::uuid
    ), access as (
      insert into access_tokens (user_id, name, token_hash, expires_at, family_id)
      select ${tokens.userId}::integer, ${tokens.clientId}, ${tokens.accessHash}, ${tokens.accessExpiresAt}, id from family
    ), refresh as (
      insert into refresh_tokens (token_hash, family_id, scope, expires_at)
      select ${tokens.refreshHash}::bytea, id, ${tokens.scope}, ${tokens.refreshExpiresAt}::timestamptz from family
      where ${tokens.refreshHash !== null}
    )
    select created_at as "signedInAt" from family`;
  return family?.signedInAt;
}

export interface RefreshToken {
  readonly familyId: string;
  readonly userId: number;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: Date;
  readonly isUsed: boolean;
}

/** A refresh token of a family that still lives, used or not; no family outlives its sign-in by more than a year. */
export async function findRefreshToken(sql: Sql, tokenHash: Buffer): Promise<RefreshToken | undefined> {
  const [token] = await sql<RefreshToken[]>`
    select f.id as "familyId", f.user_id as "userId", f.client_id as "clientId", r.scope,
           r.expires_at as "expiresAt", r.used_at is not null as "isUsed"
    from refresh_tokens r join token_families f on f.id = r.family_id
    where r.token_hash = ${tokenHash} and f.revoked_at is null and f.created_at > now() - interval '1 year'`;
  return token;
}

/** The single use of a refresh token, which ends the access tokens before it; false when somebody was faster. */
export async function spendRefreshToken(sql: Sql, tokenHash: Buffer): Promise<boolean> {
  const [spent] = await sql<{ familyId: string }[]>`
    with spent as (
      update refresh_tokens set used_at = now() where token_hash = ${tokenHash} and used_at is null
      returning family_id
    ), ended as (
      update access_tokens a set revoked_at = now() from spent
      where a.family_id = spent.family_id and a.revoked_at is null
    )
    select family_id as "familyId" from spent`;
  return spent !== undefined;
}

export async function revokeFamily(sql: Sql, familyId: string): Promise<void> {
  await sql`update token_families set revoked_at = now() where id = ${familyId} and revoked_at is null`;
}

/** Ends what a code led to that is used a second time. */
export async function revokeFamiliesOf(sql: Sql, invitationId: number): Promise<void> {
  await sql`
    update token_families set revoked_at = now() where invitation_id = ${invitationId} and revoked_at is null`;
}
