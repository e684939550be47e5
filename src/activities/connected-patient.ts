import { saveConnection, type Connection, type ConnectionStatus } from '../db/connections.js';
import { findPatient, type Patient } from '../db/patients.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import type { OpenWearables } from '../open-wearables/client.js';

/** What a read knows of a patient; nobody's name is needed. */
export type LinkedPatient = Pick<Patient, 'id' | 'reference' | 'timeZone'> & { readonly owUserId: string };

/** The patient, unless without an account at Open Wearables; throws NamedError `PatientUnknown`. */
async function findLinkedPatient(sql: Sql, patientId: number): Promise<LinkedPatient | undefined> {
  const patient = await findPatient(sql, patientId);
  if (patient === undefined) throw new NamedError('PatientUnknown', 'there is no patient with this id');
  const { owUserId } = patient;
  return owUserId === null ? undefined : { ...patient, owUserId };
}

/** The patient with an account at Open Wearables; throws NamedError `PatientUnknown` or `AccountMissing`. */
export async function requireLinkedPatient(sql: Sql, patientId: number): Promise<LinkedPatient> {
  const patient = await findLinkedPatient(sql, patientId);
  if (patient === undefined)
    throw new NamedError('AccountMissing', 'the patient has no Open Wearables account yet');
  return patient;
}

/**
 * Asks Open Wearables for the patient's connections, remembers what is not as it was, and answers the active providers.
 * One that it does not know any more is gone, as if it were revoked.
 */
export async function refreshConnections(
  sql: Sql,
  ow: OpenWearables,
  patient: LinkedPatient,
  stored: readonly Pick<Connection, 'provider' | 'status'>[],
): Promise<string[]> {
  const connections = await ow.connections(patient.owUserId);
  const shown = new Map<string, ConnectionStatus>(stored.map(({ provider }) => [provider, 'revoked']));
  for (const { provider, status } of connections) shown.set(provider, statusOf(status));
  const before = new Map(stored.map(({ provider, status }) => [provider, status]));
  for (const [provider, status] of shown)
    if (status !== before.get(provider)) await saveConnection(sql, patient.id, provider, status);
  return connections.filter(({ status }) => status === 'active').map(({ provider }) => provider);
}

/** Only `active` means connected; a status we do not know is treated as one that needs a new sign-in. */
function statusOf(status: string): ConnectionStatus {
  return status === 'active' || status === 'revoked' ? status : 'expired';
}
