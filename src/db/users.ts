import type { Sql } from './sql.js';

export type UserKind = 'patient' | 'practitioner';

/** An account; patients carry the id of their patient record. */
export interface User {
  readonly id: number;
  readonly email: string;
  readonly kind: UserKind;
  readonly isSuperuser: boolean;
  readonly nameFamily: string;
  readonly nameGiven: string;
  readonly patientId: number | null;
}

/** The account, or undefined. */
export async function findUser(sql: Sql, userId: number): Promise<User | undefined> {
  const [user] = await sql<User[]>`
    select u.id, u.email, u.kind, u.is_superuser as "isSuperuser", u.name_family as "nameFamily",
           u.name_given as "nameGiven", p.id as "patientId"
    from users u left join patients p on p.user_id = u.id
    where u.id = ${userId}`;
  return user;
}

export type Role = 'viewer' | 'member' | 'manager';

/** An account with its roles, by organization. */
export interface UserWithRoles {
  readonly user: User;
  readonly roles: ReadonlyMap<number, Role>;
}

/** As a statement tells them. */
export interface ToldUserWithRoles {
  readonly user: User;
  readonly roles: readonly (readonly [organizationId: number, role: Role])[];
}

/** The columns of `ToldUserWithRoles`, of user `u` and patient `p`: every request asks, so it asks once. */
export function toldUserWithRoles(sql: Sql) {
  return sql`
    json_build_object('id', u.id, 'email', u.email, 'kind', u.kind, 'isSuperuser', u.is_superuser,
                      'nameFamily', u.name_family, 'nameGiven', u.name_given, 'patientId', p.id) as user,
    (select coalesce(json_agg(json_build_array(m.organization_id, m.role)), '[]')
     from organization_members m where m.user_id = u.id) as roles`;
}

/** The account with its roles, or undefined. */
export async function findUserWithRoles(sql: Sql, userId: number): Promise<UserWithRoles | undefined> {
  const [told] = await sql<ToldUserWithRoles[]>`
    select ${toldUserWithRoles(sql)} from users u left join patients p on p.user_id = u.id where u.id = ${userId}`;
  return told && { user: told.user, roles: new Map(told.roles) };
}

/** The id of the practitioner with this e-mail address, for the command line. */
export async function findPractitionerByEmail(sql: Sql, email: string): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`
    select id from users where lower(email) = lower(${email}) and kind = 'practitioner'`;
  return row?.id;
}

/** The id of any account with this e-mail address, for the command line. */
export async function findUserIdByEmail(sql: Sql, email: string): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`select id from users where lower(email) = lower(${email})`;
  return row?.id;
}
