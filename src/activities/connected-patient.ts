import { connectionsOf, saveConnection, type ConnectionStatus } from '../db/connections.js';
import { findPatient, type Patient } from '../db/patients.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import type { OpenWearables } from '../open-wearables/client.js';

export type LinkedPatient = Patient & { readonly owUserId: string };

/** The patient, unless without an account at Open Wearables; throws NamedError `PatientUnknown`. */
export async function findLinkedPatient(sql: Sql, patientId: number): Promise<LinkedPatient | undefined> {
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
 * Asks Open Wearables for the patient's connections, remembers them, and answers the active providers. One that it
 * does not know any more is gone, as if it were revoked.
 */
export async function refreshConnections(
  sql: Sql,
  ow: OpenWearables,
  patient: LinkedPatient,
): Promise<string[]> {
  const connections = await ow.connections(patient.owUserId);
  for (const { provider, status } of connections)
    await saveConnection(sql, patient.id, provider, statusOf(status));
  for (const { provider, status } of await connectionsOf(sql, patient.id)) {
    const isKnown = connections.some((connection) => connection.provider === provider);
    if (!isKnown && status !== 'revoked') await saveConnection(sql, patient.id, provider, 'revoked');
  }
  return connections.filter(({ status }) => status === 'active').map(({ provider }) => provider);
}

/** Only `active` means connected; a status we do not know is treated as one that needs a new sign-in. */
function statusOf(status: string): ConnectionStatus {
  return status === 'active' || status === 'revoked' ? status : 'expired';
}
