import {
  ActivityFailure,
  ApplicationFailure,
  executeChild,
  ParentClosePolicy,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { ids, type PollPlan, type PollResult, type Tally } from './contract.js';
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
  await inPool(plan.shards, SHARDS_AT_ONCE, async (shard, index) => {
    const result = await executeChild(pollShard, {
      workflowId: ids.shard(pollId, index + 1),
      args: [{ ...shard, pollId }],
      parentClosePolicy: ParentClosePolicy.TERMINATE,
      workflowExecutionTimeout: '1 hour',
      staticSummary: `${shard.patients} patients of the poll`,
    });
    tally = addTallies(tally, result);
    tell();
  });
  return local.completePoll(pollId, plan.mode, tally);
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
