import { readableNow, type Readable } from '../consent.js';
import { connectionsOf } from '../db/connections.js';
import { coveredIntervals } from '../db/consents.js';
import type { Sql } from '../db/sql.js';
import { NamedError } from '../errors.js';
import type { OpenWearables } from '../open-wearables/client.js';
import type { LinkedPatient } from './connected-patient.js';

/** What the patient's consents and connections, as last seen, allow to be read; undefined when nothing. */
export async function readableOf(sql: Sql, patientId: number): Promise<Readable | undefined> {
  const connections = await connectionsOf(sql, patientId);
  const active = connections.filter(({ status }) => status === 'active').map(({ provider }) => provider);
  return readableNow(await coveredIntervals(sql, patientId), active);
}

/**
 * Throws NamedError `AccountLost` when Open Wearables has lost the user: it shows nothing then, and that must not look
 * as if everything had vanished.
 */
export async function requireKnownAccount(ow: OpenWearables, patient: LinkedPatient): Promise<void> {
  if (await ow.knowsUser(patient.owUserId)) return;
  throw new NamedError('AccountLost', 'Open Wearables does not know the account of this patient any more');
}
