import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
  ParentClosePolicy,
  patched,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import {
  ids,
  type PollPlan,
  type PollResult,
  type PollShardInput,
  type ShardResult,
  type Tally,
} from './contract.js';
import { addTallies, EMPTY_TALLY } from './counts.js';
import { inPool } from './pool.js';
import { pollShard } from './poll-shard.js';
import { local, polling } from './proxies.js';

const SHARDS_AT_ONCE = 3;

/** The scheduled pass: learns whose data is due, then reads them shard by shard. */
export async function poll(): Promise<PollResult> {
  const pollId = workflowInfo().workflowId;
  const plan = await planned(pollId);
  if (plan.refusal !== null) return local.refusePoll(pollId, plan.refusal, EMPTY_TALLY);

  let tally: Tally = { ...EMPTY_TALLY, patients: { ...EMPTY_TALLY.patients, ...plan.skipped } };
  const tell = () => {
    const patients = tally.patients['new data'] + tally.patients['nothing new'];
    setCurrentDetails(
      `${patients} of ${plan.due} due patients read, ${tally.patients['could not read']} could not be read`,
    );
  };
  let refusal: string | undefined;
  await inPool(plan.shards, SHARDS_AT_ONCE, async (shard, index) => {
    if (refusal !== undefined) return;
    const result = await readShard({ ...shard, pollId }, index + 1);
    tally = addTallies(tally, result);
    tell();
    if (result.refusal !== undefined && patched('a refused key ends the poll')) refusal = result.refusal;
  });
  if (refusal !== undefined) return local.refusePoll(pollId, refusal, tally);
  return local.completePoll(pollId, plan.mode, tally);
}

/** The patients of a shard that is ended from outside, by a timeout or an operator, count as not read. */
async function readShard(shard: PollShardInput, number: number): Promise<ShardResult> {
  try {
    return await executeChild(pollShard, {
      workflowId: ids.shard(shard.pollId, number),
      args: [shard],
      parentClosePolicy: ParentClosePolicy.TERMINATE,
      workflowExecutionTimeout: '1 hour',
      staticSummary: `${shard.patients} patients of the poll`,
    });
  } catch (thrown) {
    const endedFromOutside =
      thrown instanceof ChildWorkflowFailure && !CancellationScope.current().consideredCancelled;
    if (!endedFromOutside) throw thrown;
    return { ...EMPTY_TALLY, patients: { ...EMPTY_TALLY.patients, 'could not read': shard.patients } };
  }
}

/** An upstream that stays away refuses the whole poll, in its failure's own fixed words; the next one comes anyway. */
async function planned(pollId: string): Promise<PollPlan> {
  try {
    return await polling.planPoll(pollId);
  } catch (thrown) {
    if (!(thrown instanceof ActivityFailure && thrown.cause instanceof ApplicationFailure)) throw thrown;
    return {
      refusal: `ow_poll aborted: ${thrown.cause.message}`,
      mode: 'normalized',
      due: 0,
      shards: [],
      skipped: {},
    };
  }
}
