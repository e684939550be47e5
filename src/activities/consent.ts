import { readableNow } from '../consent.js';
import { coveredIntervals } from '../db/consents.js';
import { cursorsOf, type Cursor } from '../db/cursors.js';
import { savePatientSyncs } from '../db/patient-sync.js';
import type { PatientOutcome, PollPatientInput, PollPatientResult } from '../workflows/contract.js';
import { findLinkedPatient, refreshConnections } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadRequest } from './ingest.js';
import { seriesOfCodes } from './series.js';

export type ConsentCheck =
  | { readonly kind: 'read'; readonly read: ReadRequest }
  | { readonly kind: 'skip'; readonly reason: Extract<PatientOutcome, 'not consented' | 'not connected'> };

const HOUR_MS = 3_600_000;

export function consentActivities({ sql, settings, openWearables }: ActivityDeps) {
  return {
    /** What may be asked for now: nothing is read that nobody agreed to, or from a connection that ended. */
    async checkConsent(patientId: number): Promise<ConsentCheck> {
      const intervals = await coveredIntervals(sql, patientId);
      const agreed = readableNow(
        intervals,
        intervals.map(({ provider }) => provider),
      );
      if (agreed === undefined) return { kind: 'skip', reason: 'not consented' };
      const patient = await findLinkedPatient(sql, patientId);
      if (patient === undefined) return { kind: 'skip', reason: 'not connected' };
      const active = await refreshConnections(sql, await openWearables(), patient);
      const readable = readableNow(intervals, active);
      if (readable === undefined) return { kind: 'skip', reason: 'not connected' };

      const series = seriesOfCodes(readable.codes);
      const lookback = Date.now() - (await settings.read())['ow.lookback_hours'] * HOUR_MS;
      const start = startOfRead(await cursorsOf(sql, patientId), series, lookback);
      const from = new Date(Math.max(start, readable.from.getTime())).toISOString();
      return { kind: 'read', read: { patientId, series, from, to: null } };
    },

    /** Remembers what this poll found, for the patient, the practitioner and the operator. */
    async recordPatientOutcome(
      record: PollPatientInput & Pick<PollPatientResult, 'outcome' | 'created'> & { failure?: string },
    ): Promise<void> {
      const { patientId, pollId, outcome, created, failure = null } = record;
      await savePatientSyncs(sql, [{ patientId, pollId, outcome, created, failure }]);
    },
  };
}

/**
 * The earliest of the lookback and each series' position, so that an outage of any length is covered. A series without
 * a sample so far counts from where it was last read completely.
 */
export function startOfRead(cursors: readonly Cursor[], series: readonly string[], lookback: number): number {
  const positions = cursors
    .filter((cursor) => series.includes(cursor.series))
    .map(({ position, coveredTo }) => (position ?? coveredTo).getTime());
  return Math.min(lookback, ...positions);
}
