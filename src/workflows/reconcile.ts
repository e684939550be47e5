import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type ReconcileFinding,
  type ReconcileInput,
  reconcileProgressQuery,
  type ReconcileRequest,
  type ReconcileResult,
  type ReconcileTally,
} from './contract.js';
import { isDeep } from './depth.js';
import { tellDetails } from './details.js';
import { setOutcome } from './outcome.js';
import { inPool } from './pool.js';
import { local, reconciling } from './proxies.js';

const PATIENTS_AT_ONCE = 4;
const PATIENTS_A_RUN = 300;
/** How far back a study reaches. */
const REACH_DAYS = 90;
const KEY_REJECTED = 'ow_reconcile aborted: 401 Invalid or missing API key';
const NOBODY: ReconcileTally = {
  ...{ patients: 0, daysCompared: 0, daysDiffered: 0 },
  ...{ created: 0, amended: 0, retired: 0, couldNotRead: {} },
};

/**
 * Compares what is stored of every patient with Open Wearables, and mends it. On Sundays, and when an operator names the
 * days, all of them are read again; else the newest, and those whose counts differ.
 */
export async function reconcile(input: ReconcileInput = {}): Promise<ReconcileResult> {
  const { workflowId, startTime } = workflowInfo();
  const { days, patientId = null, resume } = input;
  const depth = { isDeep: isDeep(input, startTime) };
  let { afterId, tally } = resume ?? { afterId: 0, tally: NOBODY };
  setHandler(reconcileProgressQuery, () => tally);
  const key = { isRejected: false };
  tellDetails(detailsOf(tally));
  for (let planned = 0; ;) {
    const { refusal, patientIds } = await local.planReconcile(afterId, patientId);
    const last = patientIds.at(-1);
    if (last === undefined) {
      setOutcome(refusal !== null ? 'refused' : failedOf(tally) > 0 ? 'partial' : 'complete');
      return local.endReconcile(workflowId, tally, refusal);
    }
    await inPool(patientIds, PATIENTS_AT_ONCE, async (id) => {
      if (key.isRejected) return;
      const found = await compared({ patientId: id, days: days ?? REACH_DAYS, ...depth });
      tally = added(tally, found);
      key.isRejected ||= found === 'KeyRejected';
      tellDetails(detailsOf(tally));
    });
    if (key.isRejected) {
      setOutcome('refused');
      return local.endReconcile(workflowId, tally, KEY_REJECTED);
    }
    afterId = last;
    planned += patientIds.length;
    if (planned >= PATIENTS_A_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof reconcile>({ ...input, resume: { afterId, ...depth, tally } });
  }
}

/** `412 patients compared, 3 failed, 9 days differed` */
function detailsOf(tally: ReconcileTally): string {
  return `${tally.patients} patients compared, ${failedOf(tally)} failed, ${tally.daysDiffered} days differed`;
}

/** What was found of one patient, or the type of the failure: the others go on. */
async function compared(request: ReconcileRequest): Promise<ReconcileFinding | string> {
  try {
    const summary = `Patient ${request.patientId}, ${request.days} days`;
    return await reconciling.reconcilePatient.executeWithOptions({ summary }, [request]);
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
    const { cause } = thrown;
    return cause instanceof ApplicationFailure && cause.type ? cause.type : 'Unknown';
  }
}

function failedOf({ couldNotRead }: ReconcileTally): number {
  return Object.values(couldNotRead).reduce((sum, patients) => sum + patients, 0);
}

function added(tally: ReconcileTally, found: ReconcileFinding | string): ReconcileTally {
  const patients = tally.patients + 1;
  if (typeof found === 'string') {
    const failed = (tally.couldNotRead[found] ?? 0) + 1;
    return { ...tally, patients, couldNotRead: { ...tally.couldNotRead, [found]: failed } };
  }
  return {
    ...tally,
    patients,
    daysCompared: tally.daysCompared + found.daysCompared,
    daysDiffered: tally.daysDiffered + found.daysDiffered,
    created: tally.created + found.created,
    amended: tally.amended + found.amended,
    retired: tally.retired + found.retired,
  };
}
