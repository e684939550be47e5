import type { Role, User } from '../db/users.js';

/** Who is asking: an account with its roles by organization. */
export interface Identity {
  readonly user: User;
  readonly roles: ReadonlyMap<number, Role>;
}

const RANK: Record<Role, number> = { viewer: 1, member: 2, manager: 3 };

/** Whether a practitioner has at least this role in one of these organizations; superusers pass. */
export function hasRole(identity: Identity, organizationIds: readonly number[], atLeast: Role): boolean {
  if (identity.user.kind !== 'practitioner') return false;
  if (identity.user.isSuperuser) return true;
  return organizationIds.some((id) => {
    const role = identity.roles.get(id);
    return role !== undefined && RANK[role] >= RANK[atLeast];
  });
}

/** Whether this identity may read a patient's data: the patient, or a practitioner who shares an organization. */
export function mayReadPatient(
  identity: Identity,
  patient: { readonly id: number; readonly organizationIds: readonly number[] },
): boolean {
  if (identity.user.kind === 'patient') return identity.user.patientId === patient.id;
  return patient.organizationIds.some((id) => identity.roles.has(id));
}
