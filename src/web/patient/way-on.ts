import { connectionsOf } from '../../db/connections.js';
import { requestedScopes } from '../../db/consents.js';
import type { Patient } from '../../db/patients.js';
import type { Sql } from '../../db/sql.js';
import { patientPaths } from '../views/paths.js';

/** Where a patient goes on who comes back, in whichever browser: the first page that is not done. */
export async function wayOn(sql: Sql, patient: Patient): Promise<string> {
  const [scopes, connections] = await Promise.all([
    requestedScopes(sql, patient.id),
    connectionsOf(sql, patient.id),
  ]);
  const isAnswered = scopes.some(({ decision }) => decision !== null);
  // Who said no before anything was prepared is prepared for nothing; a device that is chosen later prepares it.
  if (!isAnswered && patient.owUserId === null) return patientPaths.preparing;
  if (scopes.length > 0 && !isAnswered) return patientPaths.consents;
  const shares = scopes.some(({ decision }) => decision === 'agreed');
  return shares && connections.length === 0 ? patientPaths.devices : patientPaths.manage;
}
