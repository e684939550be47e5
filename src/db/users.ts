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

/** The roles of a practitioner, by organization. */
export async function rolesOf(sql: Sql, userId: number): Promise<Map<number, Role>> {
  const rows = await sql<{ organizationId: number; role: Role }[]>`
    select organization_id as "organizationId", role from organization_members where user_id = ${userId}`;
  return new Map(rows.map((row) => [row.organizationId, row.role]));
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
