import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import * as contract from './contract.js';
import { addCounts, NO_COUNTS } from './counts.js';
import { lasting } from './proxies.js';
import { windowsOf } from './windows.js';

const WINDOW_DAYS = 7;
const HISTORY_CHECKS = 120;

/** Reads a patient's history back, newest first; asked for, steered and watched by signals and a query. */
export async function backfill({
  patientId,
  resume,
}: contract.BackfillInput): Promise<contract.BackfillProgress> {
  const requests = [...(resume?.requests ?? [])];
  const steering = { paused: resume?.paused ?? false, cancelled: false };
  const isCancelled = () => steering.cancelled;
  const isPaused = () => steering.paused && !steering.cancelled;
  let { windowsDone, windowsTotal, counts } = resume ?? {
    windowsDone: 0,
    windowsTotal: 0,
    counts: NO_COUNTS,
  };
  const startedAt = resume?.startedAt ?? workflowInfo().startTime.toISOString();
  let phase: Exclude<contract.BackfillProgress['state'], 'paused'> = 'running';

  const progress = (): contract.BackfillProgress => ({
    ...counts,
    state: phase === 'running' && isPaused() ? 'paused' : phase,
    percent: windowsTotal === 0 ? 0 : Math.floor((100 * windowsDone) / windowsTotal),
    windowsDone,
    windowsTotal,
    startedAt,
  });
  setHandler(contract.requestBackfillSignal, (request) => {
    requests.push(request);
  });
  setHandler(contract.pauseSignal, () => {
    steering.paused = true;
  });
  setHandler(contract.resumeSignal, () => {
    steering.paused = false;
  });
  setHandler(contract.cancelSignal, () => {
    steering.cancelled = true;
  });
  setHandler(contract.backfillProgressQuery, progress);

  for (let request = requests[0]; request !== undefined && !isCancelled(); request = requests[0]) {
    if (request.awaitHistoryOf !== undefined) {
      phase = 'waiting for the vendor';
      const waited = await orFailed(historyFetched(patientId, request.awaitHistoryOf, isCancelled));
      phase = waited === 'failed' ? 'failed' : 'running';
      if (phase === 'failed') return progress();
    }
    const windows = windowsOf(request, WINDOW_DAYS);
    windowsTotal += windows.length;
    for (const window of windows) {
      await condition(() => !isPaused());
      if (isCancelled()) break;
      const result = await orFailed(
        lasting.readHistory({ patientId, ...window, dataTypes: request.dataTypes ?? null }),
      );
      if (result === 'failed') {
        phase = 'failed';
        return progress();
      }
      counts = addCounts(counts, result);
      windowsDone += 1;
      setCurrentDetails(`${progress().percent} % read, ${counts.created} new observations`);
    }
    requests.shift();
    if (requests.length > 0 && !isCancelled() && workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof backfill>({
        patientId,
        resume: { requests, windowsDone, windowsTotal, counts, startedAt, paused: steering.paused },
      });
    }
  }
  phase = isCancelled() ? 'cancelled' : 'done';
  return progress();
}

/** What waiting does not mend ends the backfill as failed; everything else is tried again until it works. */
async function orFailed<Result>(work: Promise<Result>): Promise<Result | 'failed'> {
  try {
    return await work;
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
    return 'failed';
  }
}

/** Open Wearables fetches a new connection's history itself, type by type; what it has not fetched cannot be read. */
async function historyFetched(
  patientId: number,
  provider: string,
  isCancelled: () => boolean,
): Promise<void> {
  for (let check = 0; check < HISTORY_CHECKS && !isCancelled(); check += 1) {
    if (await lasting.vendorHistoryFetched(patientId, provider)) return;
    await sleep(check < 10 ? '1 second' : '10 seconds');
  }
}
