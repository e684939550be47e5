import { type Identity, mayManageStudy, mayReadStudy } from '../auth/policies.js';
import type { Sql } from '../db/sql.js';
import { findStudy, type Study } from '../db/studies.js';
import { Problem } from './problems.js';

/** Unknown and foreign studies are answered alike. */
export const notYourStudy = () =>
  new Problem(403, 'Current User does not have authorization to access this Study.');

export async function readableStudy(sql: Sql, identity: Identity, id: number): Promise<Study> {
  const study = await findStudy(sql, id);
  if (study === undefined || !mayReadStudy(identity, study)) throw notYourStudy();
  return study;
}

export async function managedStudy(sql: Sql, identity: Identity, id: number): Promise<Study> {
  const study = await findStudy(sql, id);
  if (study === undefined || !mayManageStudy(identity, study)) throw notYourStudy();
  return study;
}
