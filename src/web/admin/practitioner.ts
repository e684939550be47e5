import type { Identity } from '../../auth/policies.js';
import type { Session } from '../../db/sessions.js';
import type { Sql } from '../../db/sql.js';
import { findUser, rolesOf } from '../../db/users.js';

export interface Practitioner extends Identity {
  readonly session: Session;
}

/** The practitioner behind a session; undefined for nobody and for patients. */
export async function practitionerOf(
  sql: Sql,
  session: Session | undefined,
): Promise<Practitioner | undefined> {
  if (session === undefined) return undefined;
  const [user, roles] = await Promise.all([findUser(sql, session.userId), rolesOf(sql, session.userId)]);
  return user?.kind === 'practitioner' ? { user, roles, session } : undefined;
}
