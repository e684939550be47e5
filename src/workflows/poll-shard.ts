import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  patched,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import {
  ids,
  pollProgressQuery,
  type PollPatientResult,
  type PollShardInput,
  type ShardResult,
} from './contract.js';
import { addTallies, EMPTY_TALLY, NO_COUNTS, tallyPatient } from './counts.js';
import { pollPatient } from './poll-patient.js';
import { setOutcome } from './outcome.js';
import { pinned } from './pinned.js';
import { inPool } from './pool.js';
import { local, polling } from './proxies.js';
import { began } from './search-attributes.js';
import { toldTo } from './way-back.js';

const PATIENTS_AT_ONCE = 50;
const BATCHES_AT_ONCE = 2;
const KEY_REJECTED = 'ow_poll aborted: 401 Invalid or missing API key';

/**
 * A range of due patients, each read by a child of its own; in a batch only those who have more than a page. A refused
 * key ends it: nobody else could be read.
 */
export async function pollShard(shard: PollShardInput): Promise<ShardResult> {
  let tally: ShardResult = EMPTY_TALLY;
  setHandler(pollProgressQuery, () => ({ due: shard.patients, ...tally }));
  const due = await local.duePatients(shard);
  const key = { isRejected: false };
  const tell = () => {
    const done = Object.values(tally.patients).reduce((sum, patients) => sum + patients, 0);
    const failed = tally.patients['could not read'];
    setCurrentDetails(
      `${done} of ${due.length} patients, ${failed} failed, ${tally.created} new observations`,
    );
  };
  tell();
  const left = shard.batch === undefined ? due : await readBatches(due, shard.batch);
  const studies = await studiesOf(left);
  await inPool(left, PATIENTS_AT_ONCE, async (patientId, index) => {
    if (key.isRejected) return;
    const result = await readPatient(patientId, studies[index] ?? [], shard.pollId);
    tally = tallyPatient(tally, result);
    key.isRejected ||= isKeyRejected(result) && patched('a refused key ends the poll');
    tell();
  });
  const isPartial = tally.patients['could not read'] > 0;
  setOutcome(key.isRejected ? 'refused' : isPartial ? 'partial' : 'complete');
  return key.isRejected ? { ...tally, refusal: KEY_REJECTED } : tally;

  async function readBatches(patientIds: readonly number[], size: number): Promise<readonly number[]> {
    const left: number[] = [];
    await inPool(inBatchesOf(size, patientIds), BATCHES_AT_ONCE, async (batch) => {
      if (key.isRejected) return;
      try {
        const read = await polling.readBatch({ patientIds: batch, pollId: shard.pollId });
        tally = addTallies(tally, read.tally);
        left.push(...read.left);
      } catch (thrown) {
        if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
        key.isRejected ||= thrown.cause instanceof ApplicationFailure && thrown.cause.type === 'KeyRejected';
        left.push(...batch);
      }
      tell();
    });
    return left;
  }
}
setWorkflowOptions(pinned, pollShard);

/** By which runs of these patients can be found; an earlier version did not look. */
async function studiesOf(patientIds: readonly number[]): Promise<readonly (readonly number[])[]> {
  if (patientIds.length === 0 || !patched('studies are searchable')) return [];
  return local.studiesOf(patientIds);
}

function inBatchesOf(size: number, patientIds: readonly number[]): number[][] {
  const starts = Array.from({ length: Math.ceil(patientIds.length / size) }, (_, index) => index * size);
  return starts.map((start) => patientIds.slice(start, start + size));
}

function isKeyRejected(result: PollPatientResult | 'in flight'): boolean {
  return result !== 'in flight' && result.failure === 'KeyRejected';
}

/**
 * A patient whose poll already runs is in flight: that run reads what this one would. One whose child is ended from
 * outside, by a timeout or an operator, could not be read; the others go on.
 */
async function readPatient(
  patientId: number,
  studyIds: readonly number[],
  pollId: string,
): Promise<PollPatientResult | 'in flight'> {
  try {
    return await executeChild(pollPatient, {
      workflowId: ids.pollPatient(patientId),
      args: [{ patientId, pollId, version: 2 }],
      parentClosePolicy: ParentClosePolicy.TERMINATE,
      workflowExecutionTimeout: '30 minutes',
      staticSummary: `Patient ${patientId}: check consent, read, store`,
      typedSearchAttributes: began('poll', { patientId, studyIds }),
      ...toldTo(workflowInfo().memo, patientId),
    });
  } catch (thrown) {
    if (thrown instanceof WorkflowExecutionAlreadyStartedError) return 'in flight';
    const endedFromOutside =
      thrown instanceof ChildWorkflowFailure && !CancellationScope.current().consideredCancelled;
    if (!endedFromOutside) throw thrown;
    return { ...NO_COUNTS, outcome: 'could not read' };
  }
}
