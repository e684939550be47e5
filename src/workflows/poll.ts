import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  executeChild,
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
  type PollPlan,
  type PollResult,
  type PollShardInput,
  type ShardResult,
  type Tally,
} from './contract.js';
import { addTallies, EMPTY_TALLY } from './counts.js';
import { setOutcome } from './outcome.js';
import { pinned } from './pinned.js';
import { inPool } from './pool.js';
import { pollShard } from './poll-shard.js';
import { local, polling } from './proxies.js';
import { toldTo } from './way-back.js';

const SHARDS_AT_ONCE = 3;

/** The scheduled pass: learns whose data is due, then reads them shard by shard. */
export async function poll(): Promise<PollResult> {
  const pollId = workflowInfo().workflowId;
  setCurrentDetails('Looks who is due');
  const plan = await planned(pollId);
  if (plan.refusal !== null) {
    setCurrentDetails(plan.refusal);
    setOutcome('refused');
    return local.refusePoll(pollId, plan.refusal, EMPTY_TALLY);
  }

  let tally: Tally = { ...EMPTY_TALLY, patients: { ...EMPTY_TALLY.patients, ...plan.skipped } };
  const running = new Set<number>();
  setHandler(pollProgressQuery, () => ({ due: plan.due, running: [...running], ...tally }));
  const tell = () => {
    setCurrentDetails(detailsOf(plan, tally));
  };
  tell();
  const batched = plan.batch === undefined ? {} : { batch: plan.batch };
  let refusal: string | undefined;
  await inPool(plan.shards, SHARDS_AT_ONCE, async (shard, index) => {
    if (refusal !== undefined) return;
    running.add(index + 1);
    const result = await readShard({ ...shard, pollId, ...batched }, index + 1);
    running.delete(index + 1);
    tally = addTallies(tally, result);
    tell();
    if (result.refusal !== undefined && patched('a refused key ends the poll')) refusal = result.refusal;
  });
  setOutcome(
    refusal !== undefined ? 'refused' : tally.patients['could not read'] > 0 ? 'partial' : 'complete',
  );
  if (refusal !== undefined) return local.refusePoll(pollId, refusal, tally);
  return local.completePoll(pollId, plan.mode, tally);
}
setWorkflowOptions(pinned, poll);

/** `412 of 500 patients, 3 failed, 96 new observations` */
function detailsOf({ due }: PollPlan, { patients, created }: Tally): string {
  const read = patients['new data'] + patients['nothing new'];
  return `${read} of ${due} patients, ${patients['could not read']} failed, ${created} new observations`;
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
      ...toldTo(workflowInfo().memo),
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
