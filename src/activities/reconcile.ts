import { patientsToReconcile } from '../db/reconcile.js';
import type {
  ReconcileFinding,
  ReconcilePlan,
  ReconcileRequest,
  ReconcileResult,
  ReconcileTally,
} from '../workflows/contract.js';
import type { ActivityDeps } from './deps.js';
import { patientReconciler } from './reconcile-patient.js';

const CHUNK_SIZE = 100;

export function reconcileActivities(deps: ActivityDeps) {
  const { sql, settings, events } = deps;
  const reconcile = patientReconciler(deps);
  return {
    /** The next patients to compare, from after `afterId`; with `patientId` only this one. */
    async planReconcile(afterId: number, patientId: number | null): Promise<ReconcilePlan> {
      const { 'module.ow': enabled, 'ow.ingest_mode': mode } = await settings.read();
      const refuse = (refusal: string): ReconcilePlan => ({ refusal, patientIds: [] });
      if (!enabled) return refuse('OW reconcile skipped: module.ow=false');
      if (mode === 'raw')
        return refuse('OW reconcile skipped: ow.ingest_mode=raw has nothing to compare with');
      const range = { afterId, patientId, limit: CHUNK_SIZE };
      return { refusal: null, patientIds: await patientsToReconcile(sql, range) };
    },

    async reconcilePatient(request: ReconcileRequest): Promise<ReconcileFinding> {
      return reconcile(request);
    },

    async endReconcile(
      reconcileId: string,
      tally: ReconcileTally,
      refusal: string | null,
    ): Promise<ReconcileResult> {
      const message = refusal ?? messageOf(tally);
      const isComplete = refusal === null && Object.keys(tally.couldNotRead).length === 0;
      events.reconciled({ reconcileId, isComplete, message });
      return Promise.resolve({ ...tally, message, isComplete });
    },
  };
}

/** "31 days compared, 2 differed: 14 observations created, 1 corrected, 1 became an error". */
function messageOf({ patients, daysCompared, daysDiffered, ...found }: ReconcileTally): string {
  if (patients === 0) return 'nobody to compare: no consent stands for a connected wearable';
  const { created, amended, retired, couldNotRead } = found;
  const who = patients === 1 ? '' : `${patients} patients, `;
  const days = `${daysCompared} ${daysCompared === 1 ? 'day' : 'days'} compared, ${daysDiffered} differed`;
  const mended = [
    `${created} ${created === 1 ? 'observation' : 'observations'} created`,
    `${amended} corrected`,
    `${retired} became ${retired === 1 ? 'an error' : 'errors'}`,
  ].join(', ');
  const failures = Object.entries(couldNotRead).map(([type, count]) => `${count} ${type}`);
  return `${who}${days}: ${mended}${failures.length === 0 ? '' : `; could not read: ${failures.join(', ')}`}`;
}
