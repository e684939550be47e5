import { type Fragment, type PageOf, pageOf, type PageRequest } from './page.js';
import { only, type Sql } from './sql.js';
import type { Role } from './users.js';

/** An organization by name, with the one it belongs to; the root of all has no name that a patient knows. */
export interface Letterhead {
  readonly name: string;
  readonly partOf: string | null;
}

/** The organization that enrolled the patient first; the page's letterhead. */
export async function organizationOfPatient(sql: Sql, patientId: number): Promise<Letterhead | undefined> {
  const [row] = await sql<Letterhead[]>`
    select o.name, whole.name as "partOf"
    from organization_patients p join organizations o on o.id = p.organization_id
    left join organizations whole on whole.id = o.part_of and whole.type <> 'root'
    where p.patient_id = ${patientId} order by o.id limit 1`;
  return row;
}

/** Every organization of a patient: asked as the owner, also those that whoever asks may not see. */
export async function organizationIdsOf(sql: Sql, patientId: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select organization_id as id from organization_patients where patient_id = ${patientId} order by 1`;
  return rows.map(({ id }) => id);
}

/** An organization as an account sees it. */
export interface OrganizationRecord {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly partOf: number | null;
  readonly currentUserRole: Role | 'super_user' | null;
  readonly children: readonly never[];
}

const columns = (sql: Sql, userId: number): Fragment => sql`
  o.id, o.name, o.type, o.part_of as "partOf",
  case when (select u.is_superuser from users u where u.id = ${userId}) then 'super_user'
       else (select m.role from organization_members m where m.organization_id = o.id and m.user_id = ${userId})
  end as "currentUserRole", '[]'::json as children`;

export async function findOrganization(
  sql: Sql,
  id: number,
  userId: number,
): Promise<OrganizationRecord | undefined> {
  const [organization] = await sql<OrganizationRecord[]>`
    select ${columns(sql, userId)} from organizations o where o.id = ${id}`;
  return organization;
}

/** All organizations by name, or those directly under one. */
export async function pageOfOrganizations(
  sql: Sql,
  userId: number,
  partOf: number | undefined,
  request: PageRequest,
): Promise<PageOf<OrganizationRecord>> {
  const matching = sql`
    select o.id from organizations o
    where ${partOf ?? null}::integer is null or o.part_of = ${partOf ?? 0} order by o.name, o.id`;
  const row = sql`select ${columns(sql, userId)} from organizations o where o.id = m.id`;
  return pageOf(sql, matching, row, request);
}

/** An organization and everything under it, from the top down. */
export async function organizationsUnder(
  sql: Sql,
  id: number,
  userId: number,
): Promise<OrganizationRecord[]> {
  return sql<OrganizationRecord[]>`
    with recursive under as (
      select id, 0 as depth from organizations where id = ${id}
      union all
      select child.id, under.depth + 1 from organizations child join under on child.part_of = under.id
    ) cycle id set is_cycle using path
    select ${columns(sql, userId)} from under join organizations o on o.id = under.id
    where not is_cycle order by under.depth, o.name, o.id`;
}

/** The organizations that an account belongs to, as practitioner or as patient; by id. */
export async function organizationsOfUser(sql: Sql, userId: number): Promise<OrganizationRecord[]> {
  return sql<OrganizationRecord[]>`
    select ${columns(sql, userId)} from organizations o
    where exists (select from organization_members m where m.organization_id = o.id and m.user_id = ${userId})
       or exists (select from organization_patients op join patients p on p.id = op.patient_id
                  where op.organization_id = o.id and p.user_id = ${userId})
    order by o.id`;
}

export interface OrganizationFields {
  readonly name: string;
  readonly type: string;
  readonly partOf: number | null;
}

/** Founds an organization; its founder manages it. */
export async function createOrganization(
  sql: Sql,
  { name, type, partOf }: OrganizationFields,
  founderId: number,
): Promise<number> {
  const { id } = only(
    await sql<{ id: number }[]>`
    with founded as (
      insert into organizations (name, type, part_of) values (${name}, ${type}, ${partOf}) returning id
    ), manager as (
      insert into organization_members (organization_id, user_id, role) select id, ${founderId}, 'manager' from founded
    )
    select id from founded`,
  );
  return id;
}

/** Changes an organization; answers false when it would come to hang under itself. */
export async function changeOrganization(
  sql: Sql,
  id: number,
  { name, type, partOf }: OrganizationFields,
): Promise<boolean> {
  const result = await sql`
    with recursive above as (
      select id, part_of from organizations where id = ${partOf}::integer
      union
      select o.id, o.part_of from organizations o join above on above.part_of = o.id
    )
    update organizations set name = ${name}, type = ${type}, part_of = ${partOf}
    where id = ${id} and not exists (select from above where above.id = ${id})`;
  return result.count === 1;
}

/** Removes an organization that nothing belongs to any more; answers false when something does. */
export async function removeOrganization(sql: Sql, id: number): Promise<boolean> {
  const result = await sql`
    with empty as (
      select o.id from organizations o
      where o.id = ${id}
        and not exists (select from organizations child where child.part_of = o.id)
        and not exists (select from studies s where s.organization_id = o.id)
        and not exists (select from organization_patients p where p.organization_id = o.id)
    ), members as (
      delete from organization_members m using empty where m.organization_id = empty.id
    )
    delete from organizations o using empty where o.id = empty.id`;
  return result.count === 1;
}

/** The ids of all organizations. */
export async function everyOrganization(sql: Sql): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select id from organizations`;
  return rows.map(({ id }) => id);
}
