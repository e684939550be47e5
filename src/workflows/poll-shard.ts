import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
  ParentClosePolicy,
  patched,
  setCurrentDetails,
} from '@temporalio/workflow';
import { ids, type PollPatientResult, type PollShardInput, type ShardResult } from './contract.js';
import { EMPTY_TALLY, NO_COUNTS, tallyPatient } from './counts.js';
import { pollPatient } from './poll-patient.js';
import { inPool } from './pool.js';
import { local } from './proxies.js';
import { began } from './search-attributes.js';

const PATIENTS_AT_ONCE = 50;
const KEY_REJECTED = 'ow_poll aborted: 401 Invalid or missing API key';

/** A range of due patients, each read by a child of its own. A refused key ends it: nobody else could be read. */
export async function pollShard(shard: PollShardInput): Promise<ShardResult> {
  const patientIds = await local.duePatients(shard);
  let tally: ShardResult = EMPTY_TALLY;
  const key = { isRejected: false };
  await inPool(patientIds, PATIENTS_AT_ONCE, async (patientId) => {
    if (key.isRejected) return;
    const result = await readPatient(patientId, shard.pollId);
    tally = tallyPatient(tally, result);
    key.isRejected ||= isKeyRejected(result) && patched('a refused key ends the poll');
    const done = Object.values(tally.patients).reduce((sum, patients) => sum + patients, 0);
    const failed = tally.patients['could not read'];
    setCurrentDetails(
      `${done} of ${patientIds.length} patients, ${failed} failed, ${tally.created} new observations`,
    );
  });
  return key.isRejected ? { ...tally, refusal: KEY_REJECTED } : tally;
}

function isKeyRejected(result: PollPatientResult | 'in flight'): boolean {
  return result !== 'in flight' && result.failure === 'KeyRejected';
}

/**
 * A patient whose poll already runs is in flight: that run reads what this one would. One whose child is ended from
 * outside, by a timeout or an operator, could not be read; the others go on.
 */
async function readPatient(patientId: number, pollId: string): Promise<PollPatientResult | 'in flight'> {
  try {
    return await executeChild(pollPatient, {
      workflowId: ids.pollPatient(patientId),
      args: [{ patientId, pollId }],
      parentClosePolicy: ParentClosePolicy.TERMINATE,
      workflowExecutionTimeout: '30 minutes',
      staticSummary: `Patient ${patientId}: check consent, read, store`,
      typedSearchAttributes: began('poll', { patientId }),
    });
  } catch (thrown) {
    if (thrown instanceof WorkflowExecutionAlreadyStartedError) return 'in flight';
    const endedFromOutside =
      thrown instanceof ChildWorkflowFailure && !CancellationScope.current().consideredCancelled;
    if (!endedFromOutside) throw thrown;
    return { ...NO_COUNTS, outcome: 'could not read' };
  }
}
