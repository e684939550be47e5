import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
  ParentClosePolicy,
  setCurrentDetails,
} from '@temporalio/workflow';
import { ids, type PollPatientResult, type PollShardInput, type Tally } from './contract.js';
import { EMPTY_TALLY, NO_COUNTS, tallyPatient } from './counts.js';
import { pollPatient } from './poll-patient.js';
import { inPool } from './pool.js';
import { local } from './proxies.js';

const PATIENTS_AT_ONCE = 50;

/** A range of due patients, each read by a child of its own. */
export async function pollShard(shard: PollShardInput): Promise<Tally> {
  const patientIds = await local.duePatients(shard);
  let tally = EMPTY_TALLY;
  await inPool(patientIds, PATIENTS_AT_ONCE, async (patientId) => {
    const result = await readPatient(patientId, shard.pollId);
    tally = tallyPatient(tally, result);
    setCurrentDetails(`${tally.created} new observations from ${patientIds.length} patients so far`);
  });
  return tally;
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
    });
  } catch (thrown) {
    if (thrown instanceof WorkflowExecutionAlreadyStartedError) return 'in flight';
    const endedFromOutside =
      thrown instanceof ChildWorkflowFailure && !CancellationScope.current().consideredCancelled;
    if (!endedFromOutside) throw thrown;
    return { ...NO_COUNTS, outcome: 'could not read' };
  }
}
