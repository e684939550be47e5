import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  patched,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
  sleep,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Allowed } from '../activities/consent.js';
import {
  type Counts,
  nudgedSignal,
  patientProgressQuery,
  type PollPatientInput,
  type PollPatientResult,
} from './contract.js';
import { addCounts, NO_COUNTS } from './counts.js';
import { setOutcome } from './outcome.js';
import { pinned } from './pinned.js';
import { atOnce, local, polling, UNTIL_MENDED } from './proxies.js';

/** Rounds of a run that is nudged again and again; each pause between them is twice as long, to gather a burst. */
const ROUNDS = 5;
const FIRST_PAUSE_MS = 1_000;

/** What one read found, and what came of storing that, if it is stored already. */
interface Read {
  readonly found: PollPatientResult;
  readonly remembered?: { readonly isAgain: boolean } | null;
}

/**
 * One patient: ask the consents, read what they allow, store it. What cannot be read is an outcome, not an error. Who
 * is nudged meanwhile is read once more; after a few rounds the patient waits for the next nudge or poll.
 */
export async function pollPatient(input: PollPatientInput): Promise<PollPatientResult> {
  const { patientId, pollId } = input;
  // A run that an earlier version began ends as it began: each step is a task of its own.
  const isAtOnce = input.version === 2 || patched('first pages are one step');
  const heard = { nudge: false };
  const isNudged = () => heard.nudge;
  const takeNudge = async () => {
    if (!isNudged()) return;
    heard.nudge = false;
    await local.takeNudge(patientId);
  };
  setHandler(nudgedSignal, () => {
    heard.nudge = true;
  });
  let result: PollPatientResult | undefined;
  setHandler(patientProgressQuery, () => result ?? null);
  setCurrentDetails('Reads what is new');
  let isFailed = false;
  for (let round = 1; ; round += 1) {
    if (isAtOnce) heard.nudge = false;
    else await takeNudge();
    const { found, remembered } = isAtOnce
      ? await readAtOnce(input, round === 1)
      : await readInSteps(patientId);
    result = together(result, found);
    setCurrentDetails(detailsOf(result));
    // A search attribute costs events: only for whom somebody will look for.
    isFailed ||= result.outcome === 'could not read';
    if (isFailed) setOutcome(result.outcome);
    const stored = remembered ?? (await local.recordPatientOutcome({ patientId, pollId, ...result }));
    if (!isNudged() && !isAgain(stored)) return result;
    if (round === ROUNDS) break;
    await sleep(FIRST_PAUSE_MS * 2 ** (round - 1), { summary: 'News that came meanwhile is gathered' });
  }
  if (isAtOnce || isNudged()) await local.takeNudge(patientId);
  return result;
}
setWorkflowOptions(pinned, pollPatient);

/**
 * Most patients have a page of news at most: one step beside this workflow reads and remembers it. What is left takes
 * its time; so does everything when that step fails and another try may go well.
 */
async function readAtOnce({ patientId, pollId }: PollPatientInput, isFirst: boolean): Promise<Read> {
  try {
    const first = await atOnce.readFirstPages({ patientId, pollId: isFirst ? pollId : null });
    if (first.kind === 'all') return first;
    return await settled(() => readAllowed(first.allowed, first.counts));
  } catch (thrown) {
    // What fails here comes without the ActivityFailure around it.
    if (isCancellation(thrown) || !(thrown instanceof TemporalFailure)) throw thrown;
    return isFinal(thrown) ? { found: failed(thrown) } : readInSteps(patientId);
  }
}

function readInSteps(patientId: number): Promise<Read> {
  return settled(async () => {
    const allowed = await polling.checkConsent(patientId);
    if (allowed.kind === 'skip') return { ...NO_COUNTS, outcome: allowed.reason };
    return readAllowed(allowed, NO_COUNTS);
  });
}

async function readAllowed({ mode, read }: Allowed, before: Counts): Promise<PollPatientResult> {
  const { patientId } = read;
  const found =
    mode === 'raw' ? await polling.readRawObjects({ patientId }) : await polling.readSamples(read);
  const counts = addCounts(before, found);
  return { ...counts, outcome: counts.created + counts.amended > 0 ? 'new data' : 'nothing new' };
}

async function settled(read: () => Promise<PollPatientResult>): Promise<Read> {
  try {
    return { found: await read() };
  } catch (thrown) {
    if (isCancellation(thrown)) throw thrown;
    const cause = thrown instanceof ActivityFailure ? thrown.cause : thrown;
    return { found: failed(cause) };
  }
}

function failed(cause: unknown): PollPatientResult {
  return { ...NO_COUNTS, outcome: 'could not read', failure: failureType(cause) };
}

/** Whether another try would fail as well. */
function isFinal(thrown: TemporalFailure): boolean {
  if (!(thrown instanceof ApplicationFailure)) return false;
  return thrown.nonRetryable === true || UNTIL_MENDED.includes(thrown.type ?? '');
}

/** Whether Open Wearables told of more since the read began; an earlier version did not look. */
function isAgain(stored: { readonly isAgain: boolean } | undefined): boolean {
  return stored?.isAgain ?? false;
}

function detailsOf({ outcome, failure, seen, created, amended, rejected }: PollPatientResult): string {
  const why = failure === undefined ? outcome : `${outcome}: ${failure}`;
  return `${why}. ${seen} samples seen, ${created} new, ${amended} corrected, ${rejected} rejected`;
}

/** What the rounds of a run found: the newest outcome, but new data stays new when the last round adds none. */
function together(before: PollPatientResult | undefined, now: PollPatientResult): PollPatientResult {
  if (before === undefined) return now;
  const isNews = now.outcome === 'nothing new' && before.outcome === 'new data';
  return { ...now, ...addCounts(before, now), ...(isNews ? { outcome: before.outcome } : {}) };
}

function failureType(cause: unknown): string {
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'Unknown';
}
