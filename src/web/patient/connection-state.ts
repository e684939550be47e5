import type { ConnectionEnding } from '../../db/connection-endings.js';
import type { Connection } from '../../db/connections.js';
import type { PatientSyncState } from '../../db/patient-sync.js';
import type { BackfillProgress } from '../../workflows/contract.js';
import type { ConnectionState } from '../components/connection-state.js';

/** What is known about a patient's data besides the connection itself. */
export interface Arrival {
  readonly sync: Pick<PatientSyncState, 'outcome' | 'failure' | 'since'> | undefined;
  /** Of this wearable. */
  readonly lastDataAt: Date | undefined;
  readonly backfill: BackfillProgress | undefined;
  /** What was asked for since this wearable was last connected. */
  readonly endings: readonly ConnectionEnding[];
  readonly now: Date;
}

const HOUR_MS = 3_600_000;
/** A ring that is put on a charger, or a phone without a network, is not worth a word for a day. */
const SILENT_AFTER_HOURS = 24;
/** Failures that are the device maker's or Open Wearables' own; all others are ours. */
const OUTAGES: ReadonlySet<string | null> = new Set([
  ...['RateLimited', 'ServerError', 'Unreachable', 'TimedOut', 'Unreadable', null],
]);

/** "Nothing new", "could not read", "needs reconnecting" and "not connected" are different states. */
export function connectionStateOf(connection: Connection, arrival: Arrival): ConnectionState {
  return endingOf(connection, arrival) ?? standingOf(connection, arrival);
}

/** What is under way is told as under way, and a deletion that is done as done. */
function endingOf({ status }: Connection, { endings }: Arrival): ConnectionState | undefined {
  const purge = endings.find(({ isPurge }) => isPurge);
  if (purge?.outcome === null) return { is: 'deleting', since: purge.askedAt };
  if (purge?.outcome === 'purged') return { is: 'deleted', on: purge.endedAt ?? purge.askedAt };
  if (purge?.outcome === 'purge not possible') return { is: 'not-deleted' };
  const plain = endings.find(({ isPurge, outcome }) => !isPurge && outcome === null);
  return plain && status === 'active' ? { is: 'disconnecting', since: plain.askedAt } : undefined;
}

function standingOf({ status, connectedAt, checkedAt }: Connection, arrival: Arrival): ConnectionState {
  const { sync, lastDataAt, backfill, now } = arrival;
  if (status === 'expired') return { is: 'needs-reconnecting' };
  if (status === 'revoked') return { is: 'disconnected', on: checkedAt };
  if (sync?.outcome === 'could not read')
    return { is: OUTAGES.has(sync.failure) ? 'could-not-read' : 'not-read-by-us', since: sync.since };
  if (backfill?.state === 'running') return { is: 'reading', percent: backfill.percent };
  const quietSince = Math.max(lastDataAt?.getTime() ?? 0, connectedAt?.getTime() ?? 0);
  const hours = Math.floor((now.getTime() - quietSince) / HOUR_MS);
  if (quietSince > 0 && hours >= SILENT_AFTER_HOURS) return { is: 'silent', hours };
  return { is: 'connected', lastDataAt };
}
