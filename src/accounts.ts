import type { App } from './app.js';
import { findPatient, linkOpenWearablesUser } from './db/patients.js';
import { NamedError } from './errors.js';

/** The name a patient has at Open Wearables: opaque, and found again after a lost answer. */
export const externalIdOf = (reference: string) => `wx:${reference}`;

/**
 * Finds or creates the patient's account at Open Wearables and remembers it; running twice or at once gives the same
 * account. Throws OpenWearablesFailure, or NamedError `PatientUnknown` or `AccountTaken`.
 */
export async function ensureAccount(
  { sql, openWearables }: Pick<App, 'sql' | 'openWearables'>,
  patientId: number,
): Promise<string> {
  const patient = await findPatient(sql, patientId);
  if (patient === undefined) throw new NamedError('PatientUnknown', 'there is no patient with this id');
  if (patient.owUserId !== null) return patient.owUserId;
  const owUserId = await (await openWearables()).findOrCreateUser(externalIdOf(patient.reference));
  const linked = await linkOpenWearablesUser(sql, patientId, owUserId);
  if (!linked) throw new NamedError('AccountTaken', 'the Open Wearables account belongs to another patient');
  return owUserId;
}
