import type { Reader } from '../db/readers.js';
import type { Identity } from './policies.js';

/** How an account reads observations; a superuser, too, by membership. */
export function readerOf({ user, roles }: Identity): Reader {
  if (user.kind === 'practitioner') return { kind: 'practitioner', organizationIds: [...roles.keys()] };
  if (user.patientId === null) throw new Error('an account of a patient has no patient');
  return { kind: 'patient', patientId: user.patientId };
}
