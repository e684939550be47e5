import type { Connection } from '../../db/connections.js';
import type { PatientSyncState } from '../../db/patient-sync.js';
import type { BackfillProgress } from '../../workflows/contract.js';
import type { ConnectionState } from '../components/connection-state.js';

/** What is known about a patient's data besides the connection itself. */
export interface Arrival {
  readonly sync: Pick<PatientSyncState, 'outcome' | 'polledAt'> | undefined;
  readonly lastDataAt: Date | undefined;
  readonly backfill: BackfillProgress | undefined;
}

/** "Nothing new", "could not read", "needs reconnecting" and "not connected" are different states. */
export function connectionStateOf({ status, checkedAt }: Connection, arrival: Arrival): ConnectionState {
  const { sync, lastDataAt, backfill } = arrival;
  if (status === 'expired') return { is: 'needs-reconnecting' };
  if (status === 'revoked') return { is: 'disconnected', on: checkedAt };
  if (sync?.outcome === 'could not read') return { is: 'could-not-read', since: sync.polledAt };
  if (backfill?.state === 'running') return { is: 'reading', percent: backfill.percent };
  return { is: 'connected', lastDataAt };
}
