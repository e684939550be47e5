import { READER_ROLE } from './reading.js';
import { only, type Sql } from './sql.js';

/** What an administrator of the database has to run before this login can read for people; undefined: nothing. */
export async function missingForReading(sql: Sql): Promise<string | undefined> {
  const { login, exists, granted } = only(
    await sql<{ login: string; exists: boolean; granted: boolean }[]>`
      select quote_ident(current_user) as login, r.oid is not null as exists,
             coalesce(pg_has_role(current_user, r.oid, 'set'), false) as granted
      from (select ${READER_ROLE}::text as name) wanted left join pg_roles r on r.rolname = wanted.name`,
  );
  if (!exists) return `create role ${READER_ROLE} nologin; grant ${READER_ROLE} to ${login};`;
  return granted ? undefined : `grant ${READER_ROLE} to ${login};`;
}
