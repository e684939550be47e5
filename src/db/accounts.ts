import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import type { UserKind } from './users.js';
import type { Sql } from './sql.js';

/** An account as the API tells it. */
export interface Account {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly userType: UserKind;
  readonly isSuperuser: boolean;
  readonly patientId: number | null;
}

const columns = (sql: Sql): Fragment => sql`
  u.id, u.email, u.name_given as "firstName", u.name_family as "lastName", u.kind as "userType",
  u.is_superuser as "isSuperuser", (select p.id from patients p where p.user_id = u.id) as "patientId"`;

export async function findAccount(sql: Sql, id: number): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`select ${columns(sql)} from users u where u.id = ${id}`;
  return account;
}

/** All accounts by id, or the one with exactly this address. */
export async function pageOfAccounts(
  sql: Sql,
  email: string | undefined,
  request: PageRequest,
): Promise<PageOf<Account>> {
  const matching = sql`
    select u.id from users u
    where ${email ?? null}::text is null or lower(u.email) = lower(${email ?? ''}) order by u.id`;
  return pageOf(sql, matching, sql`select ${columns(sql)} from users u where u.id = m.id`, request);
}

/** A practitioner as a manager looks one up, to make them a member. */
export interface Colleague {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export async function practitionersByEmail(sql: Sql, email: string): Promise<Colleague[]> {
  return sql<Colleague[]>`
    select id, email, name_given as "firstName", name_family as "lastName" from users
    where lower(email) = lower(${email}) and kind = 'practitioner'`;
}

/** A practitioner with their organizations, as the API tells it. */
export interface PractitionerRecord {
  readonly id: number;
  readonly jheUserId: number;
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly telecomEmail: string;
  readonly organizations: readonly {
    readonly id: number;
    readonly name: string;
    readonly type: string;
    readonly currentUserRole: string;
  }[];
}

const practitionerColumns = (sql: Sql): Fragment => sql`
  u.id, u.id as "jheUserId", u.name_family as "nameFamily", u.name_given as "nameGiven", u.email as "telecomEmail",
  coalesce((
    select json_agg(json_build_object('id', o.id, 'name', o.name, 'type', o.type, 'currentUserRole', m.role)
                    order by o.id)
    from organization_members m join organizations o on o.id = m.organization_id
    where m.user_id = u.id), '[]') as organizations`;

export async function findPractitioner(sql: Sql, id: number): Promise<PractitionerRecord | undefined> {
  const [practitioner] = await sql<PractitionerRecord[]>`
    select ${practitionerColumns(sql)} from users u where u.id = ${id} and u.kind = 'practitioner'`;
  return practitioner;
}

export async function pageOfPractitioners(
  sql: Sql,
  request: PageRequest,
): Promise<PageOf<PractitionerRecord>> {
  const matching = sql`select u.id from users u where u.kind = 'practitioner' order by u.id`;
  const row = sql`select ${practitionerColumns(sql)} from users u where u.id = m.id`;
  return pageOf(sql, matching, row, request);
}

export interface NewPractitioner {
  readonly email: string;
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly organizationId: number;
}

/** Makes an account without a password, a viewer of one organization; undefined when the address is taken. */
export async function createPractitioner(
  sql: Sql,
  { email, nameFamily, nameGiven, organizationId }: NewPractitioner,
): Promise<number | undefined> {
  const [created] = await sql<{ id: number }[]>`
    with account as (
      insert into users (email, kind, name_family, name_given)
      values (${email}, 'practitioner', ${nameFamily}, ${nameGiven})
      on conflict (lower(email)) do nothing returning id
    ), member as (
      insert into organization_members (organization_id, user_id, role)
      select ${organizationId}, id, 'viewer' from account
    )
    select id from account`;
  return created?.id;
}

/**
 * Takes a practitioner out of every organization and ends their sign-in: what they recorded keeps their name, so the
 * account itself stays.
 */
export async function retirePractitioner(sql: Sql, id: number): Promise<void> {
  await sql`
    with left_organizations as (delete from organization_members where user_id = ${id}),
         ended_sessions as (delete from sessions where user_id = ${id}),
         ended_tokens as (update access_tokens set revoked_at = now() where user_id = ${id} and revoked_at is null)
    update users set password_hash = null, is_superuser = false where id = ${id}`;
}
