import type { Context } from 'hono';
import { rowId } from '../../api/routes.js';
import { hasRole, mayReadErasure, mayReadPatient } from '../../auth/policies.js';
import { erasureOfPatient } from '../../db/erasures.js';
import { findPatient, type Patient } from '../../db/patients.js';
import type { Sql } from '../../db/sql.js';
import { adminPaths } from '../views/paths.js';
import { PageRefused } from './page-refused.js';
import type { StaffEnv } from './staff.js';

/** The patient with this id, if this practitioner may read them; whoever is not there and whoever is not theirs look the same. */
export async function readablePatient(context: Context<StaffEnv>, sql: Sql, id: unknown): Promise<Patient> {
  const parsed = rowId.safeParse(Number(id));
  const patient = parsed.success ? await findPatient(sql, parsed.data) : undefined;
  if (patient === undefined || !mayReadPatient(context.get('staff'), patient))
    throw new PageRefused('not found');
  return patient;
}

/** The same for what changes something: members of an organization of the patient may. */
export async function manageablePatient(context: Context<StaffEnv>, sql: Sql, id: unknown): Promise<Patient> {
  const patient = await readablePatient(context, sql, id);
  if (!mayManage(context, patient)) throw new PageRefused('not allowed');
  return patient;
}

export function mayManage(context: Context<StaffEnv>, patient: Patient): boolean {
  const staff = context.get('staff');
  return mayReadPatient(staff, patient) && hasRole(staff, patient.organizationIds, 'member');
}

/** For what ends everything: managers of an organization of the patient are told at least whom else to ask. */
export function isManager(context: Context<StaffEnv>, patient: Patient): boolean {
  const staff = context.get('staff');
  return mayReadPatient(staff, patient) && hasRole(staff, patient.organizationIds, 'manager');
}

/** Where the erasure of a patient is followed; undefined: there is none, or none that this practitioner may look at. */
export async function erasurePlace(
  context: Context<StaffEnv>,
  sql: Sql,
  id: unknown,
): Promise<string | undefined> {
  const parsed = rowId.safeParse(Number(id));
  const erasure = parsed.success ? await erasureOfPatient(sql, parsed.data) : undefined;
  if (erasure === undefined || !mayReadErasure(context.get('staff'), erasure)) return undefined;
  return `${adminPaths.erasures}/${erasure.id}`;
}

/** Given and family name together. */
export function nameOf({ nameGiven, nameFamily }: Patient): string {
  return `${nameGiven} ${nameFamily}`.trim();
}
