import { requestHistory } from '../backfills.js';
import { concludeHistory } from '../db/backfill-requests.js';
import { endAttempt } from '../db/connect-attempts.js';
import { concludeEnding } from '../db/connection-endings.js';
import { connectionsOf, markDisconnected, saveConnection, unneededProviders } from '../db/connections.js';
import { markDue } from '../db/due-patients.js';
import type {
  ConcludedHistory,
  ConnectInput,
  ConnectOutcome,
  DisconnectInput,
  DisconnectOutcome,
} from '../workflows/contract.js';
import { refreshConnections, requireLinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';

const DAY_MS = 86_400_000;
const QUEUE_MS = 5 * 60_000;

export function connectionActivities({ sql, settings, openWearables, orchestration, events }: ActivityDeps) {
  return {
    /** Whether Open Wearables shows this connection active and changed since the attempt began (by its own clock). */
    async connectionIsNew(patientId: number, provider: string, before: string | null): Promise<boolean> {
      const patient = await requireLinkedPatient(sql, patientId);
      const ow = await openWearables();
      const connection = (await ow.connections(patient.owUserId)).find(
        (entry) => entry.provider === provider,
      );
      const isNew = connection?.status === 'active' && connection.updated_at !== before;
      if (isNew) await saveConnection(sql, patientId, provider, 'active');
      return isNew;
    },

    async endConnectAttempt(input: ConnectInput, outcome: ConnectOutcome): Promise<void> {
      await endAttempt(sql, input.attemptId, outcome);
      events.attemptEnded({
        attemptId: input.attemptId,
        patientId: input.patientId,
        provider: input.provider,
        outcome,
      });
    },

    /** After a connect: what is there now, and the history as far back as the setting says. */
    async startFirstRead(patientId: number, provider: string, startedBy: string): Promise<void> {
      await markDue(sql, patientId, 'connected');
      const days = (await settings.read())['ow.backfill_days'];
      const to = new Date();
      const from = new Date(to.getTime() - days * DAY_MS);
      await requestHistory({ sql, orchestration }, patientId, {
        from: from.toISOString(),
        to: to.toISOString(),
        awaitHistoryOf: provider,
      });
      await orchestration.pollPatient(patientId, startedBy);
    },

    /** Remembers the end of what was asked for. */
    async concludeBackfill({ requestIds, end }: ConcludedHistory): Promise<void> {
      await concludeHistory(sql, requestIds, end);
    },

    /**
     * Whether Open Wearables has ended its own fetch of this provider's history since the newest connect, however it
     * ended. A run may wait in its queue for minutes, so that no run yet proves nothing; after that none is expected, and
     * none at all where it does not fetch but is sent the data.
     */
    async vendorHistoryFetched(patientId: number, provider: string): Promise<boolean> {
      const { owUserId } = await requireLinkedPatient(sql, patientId);
      const ow = await openWearables();
      const connection = (await ow.connections(owUserId)).find((entry) => entry.provider === provider);
      if (connection?.status !== 'active') return true;
      const runs = (await ow.runs(owUserId)).filter(
        (run) => run.provider === provider && run.source === 'backfill',
      );
      if (runs.some((run) => run.status === 'in_progress')) return false;
      const connectedAt = Date.parse(connection.updated_at);
      return (
        connection.rest_pull === false ||
        runs.some((run) => Date.parse(run.started_at ?? '') >= connectedAt) ||
        Date.now() - connectedAt > QUEUE_MS
      );
    },

    /** Ends the connection at Open Wearables; does nothing while a standing consent needs it and nobody asked. */
    async disconnectProvider({
      patientId,
      provider,
      asked,
    }: DisconnectInput): Promise<'disconnected' | 'still needed'> {
      const unneeded = asked || (await unneededProviders(sql, patientId)).includes(provider);
      if (!unneeded) return 'still needed';
      const patient = await requireLinkedPatient(sql, patientId);
      const ow = await openWearables();
      await ow.disconnect(patient.owUserId, provider);
      await refreshConnections(sql, ow, patient, await connectionsOf(sql, patientId));
      await markDisconnected(sql, patientId, provider);
      events.disconnected({ patientId, provider, outcome: 'disconnected' });
      return 'disconnected';
    },

    /** Deletes what Open Wearables keeps of this wearable, where its version can; what is stored here stays. */
    async purgeProvider({ patientId, provider }: DisconnectInput): Promise<'purged' | 'purge not possible'> {
      const patient = await requireLinkedPatient(sql, patientId);
      const isPurged = await (await openWearables()).purge(patient.owUserId, provider);
      const outcome = isPurged ? 'purged' : 'purge not possible';
      events.disconnected({ patientId, provider, outcome });
      return outcome;
    },

    /** Remembers what became of a disconnect that somebody asked for. */
    async concludeDisconnect(input: DisconnectInput, outcome: DisconnectOutcome): Promise<void> {
      await concludeEnding(sql, input.patientId, input.provider, input.purge ?? false, outcome);
    },
  };
}
