import { readableNow } from '../consent.js';
import { savePatientSyncs } from '../db/patient-sync.js';
import { beginRead } from '../db/read-starts.js';
import type { Sql } from '../db/sql.js';
import type { Settings } from '../settings.js';
import type { PatientOutcome, PollPatientInput, PollPatientResult } from '../workflows/contract.js';
import { refreshConnections, type LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadRequest } from './ingest.js';
import { planRead } from './read-plan.js';
import { agreedDataTypes, wantedFor } from './wanted.js';

export interface Allowed {
  readonly kind: 'read';
  readonly mode: Settings['ow.ingest_mode'];
  readonly read: ReadRequest;
}

interface Skipped {
  readonly kind: 'skip';
  readonly reason: Extract<PatientOutcome, 'not consented' | 'not connected'>;
}

export type ConsentCheck = Allowed | Skipped;

const HOUR_MS = 3_600_000;

/**
 * What may be asked for now: nothing is read that nobody agreed to, or from a connection that ended. Throws
 * whatever Open Wearables fails with.
 */
export function consentChecker({ sql, settings, openWearables }: ActivityDeps) {
  return async (patientId: number): Promise<(Allowed & { readonly patient: LinkedPatient }) | Skipped> => {
    const start = await beginRead(sql, patientId);
    // Whoever was erased agrees to nothing any more.
    if (start === undefined) return { kind: 'skip', reason: 'not consented' };
    const { intervals, connections, cursors } = start;
    const { owUserId } = start.patient;
    const agreed = readableNow(
      intervals,
      intervals.map(({ provider }) => provider),
    );
    if (agreed === undefined) return { kind: 'skip', reason: 'not consented' };
    if (owUserId === null) return { kind: 'skip', reason: 'not connected' };
    const patient = { ...start.patient, owUserId };
    const active = await refreshConnections(sql, await openWearables(), patient, connections);
    const readable = readableNow(intervals, active);
    if (readable === undefined) return { kind: 'skip', reason: 'not connected' };

    const { 'ow.ingest_mode': mode, 'ow.lookback_hours': lookbackHours } = await settings.recent();
    const dataTypes = agreedDataTypes(readable);
    const legs = planRead(cursors, wantedFor(dataTypes), {
      now: Date.now(),
      lookbackMs: lookbackHours * HOUR_MS,
      earliest: readable.from.getTime(),
    });
    return { kind: 'read', mode, read: { patientId, dataTypes, legs, to: null }, patient };
  };
}

export function consentActivities(deps: ActivityDeps) {
  const { sql } = deps;
  const check = consentChecker(deps);
  return {
    /** The same, without what only a read in the same step needs. */
    async checkConsent(patientId: number): Promise<ConsentCheck> {
      const checked = await check(patientId);
      if (checked.kind === 'skip') return checked;
      const { kind, mode, read } = checked;
      return { kind, mode, read };
    },

    /**
     * Remembers what this poll found, for the patient, the practitioner and the operator; answers whether Open Wearables
     * told of more since the read began.
     */
    async recordPatientOutcome(record: PatientRecord): Promise<{ isAgain: boolean }> {
      return remember(sql, record);
    },
  };
}

type PatientRecord = Pick<PollPatientInput, 'patientId' | 'pollId'> &
  Pick<PollPatientResult, 'outcome' | 'created' | 'failure'>;

export async function remember(sql: Sql, record: PatientRecord): Promise<{ isAgain: boolean }> {
  const { patientId, pollId, outcome, created, failure = null } = record;
  const gathered = await savePatientSyncs(sql, [{ patientId, pollId, outcome, created, failure }]);
  return { isAgain: gathered.length > 0 };
}
