import type { Sql } from './sql.js';

/** What sign-in needs: the account and the Argon2id hash of its password. */
export interface Credentials {
  readonly userId: number;
  readonly passwordHash: string;
}

/** Those of the practitioner with this address, if there is one who can sign in. */
export async function findCredentials(sql: Sql, email: string): Promise<Credentials | undefined> {
  const [row] = await sql<Credentials[]>`
    select id as "userId", password_hash as "passwordHash" from users
    where lower(email) = lower(${email}) and password_hash is not null and kind = 'practitioner'`;
  return row;
}

/** Gives a practitioner a password; the database ends all sessions of the account with it. */
export async function setPassword(sql: Sql, { userId, passwordHash }: Credentials): Promise<void> {
  await sql`update users set password_hash = ${passwordHash} where id = ${userId} and kind = 'practitioner'`;
}

/** Ends every access token of an account, its own and those of its sign-ins; answers how many were still good. */
export async function revokeTokensOf(sql: Sql, userId: number): Promise<number> {
  const [revoked] = await sql<{ count: number }[]>`
    with families as (
      update token_families set revoked_at = now() where user_id = ${userId} and revoked_at is null
    ), tokens as (
      update access_tokens set revoked_at = now()
      where user_id = ${userId} and revoked_at is null returning expires_at > now() as was_good
    )
    select count(*) filter (where was_good) as count from tokens`;
  return revoked?.count ?? 0;
}

export interface NewStaff {
  readonly email: string;
  readonly nameGiven: string;
  readonly nameFamily: string;
  readonly isOperator: boolean;
}

/** Makes the account of a practitioner, without a password and a role; undefined when the address is taken. */
export async function createStaff(sql: Sql, staff: NewStaff): Promise<number | undefined> {
  const [created] = await sql<{ id: number }[]>`
    insert into users (email, kind, name_given, name_family, is_superuser)
    values (${staff.email}, 'practitioner', ${staff.nameGiven}, ${staff.nameFamily}, ${staff.isOperator})
    on conflict (lower(email)) do nothing returning id`;
  return created?.id;
}

/** A practitioner's account as the command line lists it. */
export interface StaffAccount {
  readonly id: number;
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly organizations: number;
  readonly hasPassword: boolean;
  readonly seenAt: Date | null;
}

/** All practitioners by id; `seenAt` is of their sessions that have not ended. */
export async function staffAccounts(sql: Sql): Promise<StaffAccount[]> {
  return sql<StaffAccount[]>`
    select u.id, u.email, concat_ws(' ', u.name_given, u.name_family) as name, u.is_superuser as "isOperator",
           (select count(*) from organization_members m where m.user_id = u.id) as organizations,
           u.password_hash is not null as "hasPassword",
           (select max(s.seen_at) from sessions s where s.user_id = u.id and s.expires_at > now()) as "seenAt"
    from users u where u.kind = 'practitioner' order by u.id`;
}
