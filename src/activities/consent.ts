import { readableNow } from '../consent.js';
import { coveredIntervals } from '../db/consents.js';
import { cursorsOf } from '../db/cursors.js';
import { beginRead } from '../db/due-patients.js';
import { savePatientSyncs } from '../db/patient-sync.js';
import type { Settings } from '../settings.js';
import type { PatientOutcome, PollPatientInput, PollPatientResult } from '../workflows/contract.js';
import { findLinkedPatient, refreshConnections } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadRequest } from './ingest.js';
import { planRead } from './read-plan.js';
import { agreedDataTypes, wantedFor } from './wanted.js';

export type ConsentCheck =
  | { readonly kind: 'read'; readonly mode: Settings['ow.ingest_mode']; readonly read: ReadRequest }
  | { readonly kind: 'skip'; readonly reason: Extract<PatientOutcome, 'not consented' | 'not connected'> };

const HOUR_MS = 3_600_000;

export function consentActivities({ sql, settings, openWearables }: ActivityDeps) {
  return {
    /** What may be asked for now: nothing is read that nobody agreed to, or from a connection that ended. */
    async checkConsent(patientId: number): Promise<ConsentCheck> {
      await beginRead(sql, patientId);
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

      const { 'ow.ingest_mode': mode, 'ow.lookback_hours': lookbackHours } = await settings.read();
      const dataTypes = agreedDataTypes(readable);
      const legs = planRead(await cursorsOf(sql, patientId), wantedFor(dataTypes), {
        now: Date.now(),
        lookbackMs: lookbackHours * HOUR_MS,
        earliest: readable.from.getTime(),
      });
      return { kind: 'read', mode, read: { patientId, dataTypes, legs, to: null } };
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
