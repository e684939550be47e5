import type { Sql } from './sql.js';
import type { Role } from './users.js';

/** A member as the API lists one. */
export interface Member {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
}

export async function membersOf(sql: Sql, organizationId: number): Promise<Member[]> {
  return sql<Member[]>`
    select u.id, u.email, u.name_given as "firstName", u.name_family as "lastName", m.role
    from organization_members m join users u on u.id = m.user_id
    where m.organization_id = ${organizationId} order by u.id`;
}

/** Gives a practitioner a role, or another one; undefined when there is no such practitioner. */
export async function giveRole(
  sql: Sql,
  organizationId: number,
  userId: number,
  role: Role,
): Promise<{ id: number; isNew: boolean } | undefined> {
  const [member] = await sql<{ id: number; isNew: boolean }[]>`
    with before as (
      select from organization_members where organization_id = ${organizationId} and user_id = ${userId}
    )
    insert into organization_members (organization_id, user_id, role)
    select ${organizationId}, u.id, ${role} from users u where u.id = ${userId} and u.kind = 'practitioner'
    on conflict (user_id, organization_id) do update set role = excluded.role
    returning id, not exists (select from before) as "isNew"`;
  return member;
}

export async function removeMember(sql: Sql, organizationId: number, userId: number): Promise<boolean> {
  const result = await sql`
    delete from organization_members where organization_id = ${organizationId} and user_id = ${userId}`;
  return result.count === 1;
}
