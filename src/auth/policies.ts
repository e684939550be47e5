import type { Role, UserWithRoles } from '../db/users.js';

/** Who is asking. Roles are not inherited down the organization tree. */
export type Identity = UserWithRoles;

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

/** Whether a practitioner has at least this role in any organization. */
function hasRoleSomewhere(identity: Identity, atLeast: Role): boolean {
  return hasRole(identity, [...identity.roles.keys()], atLeast);
}

const isPatient = ({ user }: Identity) => user.kind === 'patient';

/**
 * Who may call a route at all. A role counts in any organization here; the route itself checks it for the organization
 * that owns what is asked for, with the functions below.
 */
const ADMITS = {
  'any account': () => true,
  patient: isPatient,
  practitioner: (identity) => !isPatient(identity),
  'patient or member': (identity) => isPatient(identity) || hasRoleSomewhere(identity, 'member'),
  member: (identity) => hasRoleSomewhere(identity, 'member'),
  manager: (identity) => hasRoleSomewhere(identity, 'manager'),
  superuser: ({ user }) => user.isSuperuser,
} satisfies Record<string, (identity: Identity) => boolean>;

export type Policy = keyof typeof ADMITS;

export function isAdmitted(policy: Policy, identity: Identity): boolean {
  return ADMITS[policy](identity);
}

interface PatientOfOrganizations {
  readonly id: number;
  readonly organizationIds: readonly number[];
}

/** The organizations whose studies and patients this identity may read: membership alone, for superusers too. */
export function readableOrganizations({ user, roles }: Identity): number[] {
  return user.kind === 'practitioner' ? [...roles.keys()] : [];
}

/** The organizations whose audit trail this identity may read: those it manages; null: an operator reads all of it. */
export function auditableOrganizations({ user, roles }: Identity): number[] | null {
  if (user.kind !== 'practitioner') return [];
  if (user.isSuperuser) return null;
  return [...roles].filter(([, role]) => role === 'manager').map(([id]) => id);
}

/** Whether this identity may read a patient's data: the patient, or a practitioner who shares an organization. */
export function mayReadPatient(identity: Identity, patient: PatientOfOrganizations): boolean {
  if (identity.user.kind === 'patient') return identity.user.patientId === patient.id;
  return patient.organizationIds.some((id) => identity.roles.has(id));
}

/** Whether this identity may change a patient in the name of an organization that the patient belongs to. */
export function mayManagePatient(
  identity: Identity,
  patient: PatientOfOrganizations,
  organizationId: number,
): boolean {
  return patient.organizationIds.includes(organizationId) && hasRole(identity, [organizationId], 'member');
}

/** Whether this identity may have a patient erased: what others keep is lost with it, so a manager of every organization. */
export function mayErasePatient(identity: Identity, { organizationIds }: PatientOfOrganizations): boolean {
  return (
    organizationsToAsk(identity, organizationIds).length === 0 &&
    hasRole(identity, organizationIds, 'manager')
  );
}

/** Whether this identity may look at an erasure: managers of any organization that the patient belonged to. */
export function mayReadErasure(identity: Identity, { organizationIds }: ErasedOfOrganizations): boolean {
  return hasRole(identity, organizationIds, 'manager');
}

type ErasedOfOrganizations = Pick<PatientOfOrganizations, 'organizationIds'>;

/** Those of these organizations that the identity is no manager of. */
export function organizationsToAsk(identity: Identity, organizationIds: readonly number[]): number[] {
  return organizationIds.filter((id) => !hasRole(identity, [id], 'manager'));
}

interface OfOrganization {
  readonly organizationId: number;
}

export function mayReadStudy(identity: Identity, study: OfOrganization): boolean {
  return readableOrganizations(identity).includes(study.organizationId);
}

export function mayManageStudy(identity: Identity, study: OfOrganization): boolean {
  return hasRole(identity, [study.organizationId], 'member');
}

/** The top of the organization tree; what hangs directly under it is a top-level organization. */
export const ROOT_ORGANIZATION = 0;

/** Whether this identity may change or remove an organization: managers of its parent, of itself at the top level. */
export function mayManageOrganization(
  identity: Identity,
  { id, partOf }: { readonly id: number; readonly partOf: number | null },
): boolean {
  const isTopLevel = partOf === null || partOf === ROOT_ORGANIZATION;
  return hasRole(identity, [isTopLevel ? id : partOf], 'manager');
}

/** Whether this identity may found an organization under this one: managers of it, superusers also at the top level. */
export function mayFoundUnder(identity: Identity, parentId: number | null): boolean {
  const isTopLevel = parentId === null || parentId === ROOT_ORGANIZATION;
  return isTopLevel ? identity.user.isSuperuser : hasRole(identity, [parentId], 'manager');
}
