import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  setHandler,
  sleep,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { HistoryRequest } from '../activities/ingest.js';
import { BackfillPlan } from './backfill-plan.js';
import * as contract from './contract.js';
import { tellDetails } from './details.js';
import { setOutcome, showOutcome } from './outcome.js';
import { atOnce, inPlace, local, reading } from './proxies.js';
import { daysOf } from './windows.js';

const HISTORY_CHECKS = 120;
/** About a year; the history of a run stays short whatever the range. */
const WINDOWS_A_RUN = 50;
const DAYS_IN_PLACE = 1;

/** Where a backfill stands, besides what it reads. */
interface Course {
  phase: Exclude<contract.BackfillProgress['state'], 'paused'>;
  paused: boolean;
  cancelled: boolean;
  /** The type of what waiting does not mend. */
  failure: string | null;
  /** What a cancel stops at once. */
  step: CancellationScope | undefined;
  /** Requests heard whose end is not remembered yet. */
  requestIds: readonly number[];
}

/** Reads a patient's history back, newest first; asked for, steered and watched by signals and a query. */
export async function backfill(input: contract.BackfillInput): Promise<contract.BackfillProgress> {
  const { patientId, resume, version } = input;
  const isCurrent = version !== undefined;
  // A run that an earlier version began ends as it began: request by request, cancelled between windows.
  const merges = isCurrent || patched('backfill-merges');
  const plan = new BackfillPlan(merges, resume, Date.now());
  const startedAt = resume?.startedAt ?? workflowInfo().startTime.toISOString();
  const course: Course = {
    ...{ phase: 'running', paused: resume?.paused ?? false, cancelled: false },
    ...{ failure: null, step: undefined, requestIds: resume?.requestIds ?? [] },
  };
  const progress = () => ({ ...plan.progress(stateOf(course)), failure: course.failure, startedAt });
  setHandler(contract.backfillProgressQuery, progress);
  const tell = () => {
    tellDetails(detailsOf(progress()), patientId);
  };
  listen(course, plan, merges, tell);

  for (;;) {
    await readAll(input, plan, course, { merges, tell, startedAt });
    const end = endOf(course);
    course.phase = end;
    tell();
    if (course.requestIds.length === 0 || !(isCurrent || patched('backfill-tells-its-end'))) break;
    const requestIds = course.requestIds;
    course.requestIds = [];
    await (isCurrent ? inPlace : local).concludeBackfill({ requestIds, end });
    if (course.requestIds.length === 0) break;
    // Asked for in this moment.
    course.failure = null;
    course.phase = 'running';
  }
  if (isCurrent) showOutcome(course.phase);
  else setOutcome(course.phase);
  return progress();
}

/** Reads until nothing is left, or nothing more can be read. */
async function readAll(
  input: contract.BackfillInput,
  plan: BackfillPlan,
  course: Course,
  { merges, tell, startedAt }: { merges: boolean; tell: () => void; startedAt: string },
): Promise<void> {
  const { patientId, version } = input;
  let windows = 0;
  while (plan.next !== undefined && !course.cancelled && course.failure === null) {
    if (merges && (windows >= WINDOWS_A_RUN || workflowInfo().continueAsNewSuggested)) {
      await condition(allHandlersFinished);
      const { paused, requestIds } = course;
      const resume = { ...plan.state(), startedAt, paused, requestIds };
      await continueAsNew<typeof backfill>({ patientId, resume, ...(version && { version }) });
    }
    tell();
    const provider = plan.next.awaitHistoryOf;
    if (provider === undefined) await readWindow(input, plan, course);
    else await awaitHistory(patientId, provider, plan, course, tell);
    windows += 1;
  }
}

function endOf({ failure, cancelled }: Course): contract.ConcludedHistory['end'] {
  if (failure !== null) return 'failed';
  return cancelled ? 'cancelled' : 'done';
}

/** `running, 40 %: 36 of 90 days, 1210 new observations` */
function detailsOf({ state, percent, daysDone, daysTotal, created }: contract.BackfillProgress): string {
  return `${state}, ${percent} %: ${daysDone} of ${daysTotal} days, ${created} new observations`;
}

function listen(course: Course, plan: BackfillPlan, merges: boolean, tell: () => void): void {
  setHandler(contract.requestBackfillSignal, (request) => {
    // What is asked for after a cancel is not cancelled.
    if (course.cancelled) plan.clear();
    course.cancelled = false;
    if (request.requestId !== undefined) course.requestIds = [...course.requestIds, request.requestId];
    plan.ask(request, Date.now());
    tell();
  });
  setHandler(contract.pauseSignal, () => {
    course.paused = true;
    tell();
  });
  setHandler(contract.resumeSignal, () => {
    course.paused = false;
    tell();
  });
  setHandler(contract.cancelSignal, () => {
    course.cancelled = true;
    course.paused = false;
    if (merges) course.step?.cancel();
  });
}

function stateOf({ phase, paused }: Course): contract.BackfillProgress['state'] {
  return phase === 'running' && paused ? 'paused' : phase;
}

/** Reads the next window, unless it is cancelled while it rests. */
async function readWindow(
  { patientId, version }: contract.BackfillInput,
  plan: BackfillPlan,
  course: Course,
): Promise<void> {
  await condition(() => !course.paused);
  const window = course.cancelled ? undefined : plan.begin(Date.now());
  if (window === undefined) return;
  const { from, to, dataTypes = null } = window;
  const request = { patientId, from, to, dataTypes };
  const isInPlace = version === 3 && daysOf([window]) <= DAYS_IN_PLACE;
  const counts = await step(course, () => (isInPlace ? readInPlace(request) : readHistory(request)));
  if (counts !== 'stopped') plan.finish(window, counts, Date.now());
}

/** A few pages need no task of their own; what takes long or fails is read as any other window. */
async function readInPlace(request: HistoryRequest): Promise<contract.HistoryRead> {
  try {
    return await atOnce.readHistory(request);
  } catch (thrown) {
    if (isCancellation(thrown) || !(thrown instanceof TemporalFailure)) throw thrown;
    return readHistory(request);
  }
}

function readHistory(request: HistoryRequest): Promise<contract.HistoryRead> {
  const summary = `${request.from.slice(0, 10)} to ${request.to.slice(0, 10)}`;
  return reading.readHistory.executeWithOptions({ summary }, [request]);
}

/** Open Wearables fetches a new connection's history itself, type by type; what it has not fetched cannot be read. */
async function awaitHistory(
  patientId: number,
  provider: string,
  plan: BackfillPlan,
  course: Course,
  tell: () => void,
): Promise<void> {
  const awaiting = plan.next;
  course.phase = 'waiting for the vendor';
  tell();
  const ended = await step(course, async () => {
    for (let check = 0; check < HISTORY_CHECKS && !course.cancelled; check += 1) {
      if (await reading.vendorHistoryFetched(patientId, provider)) return;
      await sleep(check < 10 ? '1 second' : '10 seconds', { summary: 'The vendor hands the history over' });
    }
  });
  course.phase = 'running';
  // One that was asked for again in the meantime waits again.
  if (ended !== 'stopped' && plan.next === awaiting) plan.awaited();
}

/** Takes a step that a cancel stops in the middle. What waiting does not mend is a failure; all else is tried again. */
async function step<Result>(course: Course, work: () => Promise<Result>): Promise<Result | 'stopped'> {
  const scope = new CancellationScope();
  course.step = scope;
  try {
    return await scope.run(work);
  } catch (thrown) {
    const isSteered = scope.consideredCancelled && !CancellationScope.current().consideredCancelled;
    if (isCancellation(thrown) && isSteered) return 'stopped';
    if (isCancellation(thrown) || !(thrown instanceof ActivityFailure)) throw thrown;
    const { cause } = thrown;
    course.failure = cause instanceof ApplicationFailure && cause.type ? cause.type : 'Unknown';
    return 'stopped';
  } finally {
    course.step = undefined;
  }
}
