import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  setCurrentDetails,
  setHandler,
  setWorkflowOptions,
  sleep,
} from '@temporalio/workflow';
import {
  nudgedSignal,
  patientProgressQuery,
  type PollPatientInput,
  type PollPatientResult,
} from './contract.js';
import { addCounts, NO_COUNTS } from './counts.js';
import { setOutcome } from './outcome.js';
import { pinned } from './pinned.js';
import { local, polling } from './proxies.js';

/** Rounds of a run that is nudged again and again; each pause between them is twice as long, to gather a burst. */
const ROUNDS = 5;
const FIRST_PAUSE_MS = 2_000;

type Found = PollPatientResult & { failure?: string };

/**
 * One patient: ask the consents, read what they allow, store it. What cannot be read is an outcome, not an error. Who
 * is nudged meanwhile is read once more; after a few rounds the patient waits for the next nudge or poll.
 */
export async function pollPatient({ patientId, pollId }: PollPatientInput): Promise<PollPatientResult> {
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
  let result: Found | undefined;
  setHandler(patientProgressQuery, () => result ?? null);
  setCurrentDetails('Reads what is new');
  let isFailed = false;
  for (let round = 1; ; round += 1) {
    await takeNudge();
    result = together(result, await read(patientId));
    setCurrentDetails(detailsOf(result));
    // A search attribute costs events: only for whom somebody will look for.
    isFailed ||= result.outcome === 'could not read';
    if (isFailed) setOutcome(result.outcome);
    await local.recordPatientOutcome({ patientId, pollId, ...result });
    if (!isNudged()) return result;
    if (round === ROUNDS) break;
    await sleep(FIRST_PAUSE_MS * 2 ** (round - 1), { summary: 'News that came meanwhile is gathered' });
  }
  await takeNudge();
  return result;
}
setWorkflowOptions(pinned, pollPatient);

async function read(patientId: number): Promise<Found> {
  try {
    const allowed = await polling.checkConsent(patientId);
    if (allowed.kind === 'skip') return { ...NO_COUNTS, outcome: allowed.reason };
    const counts =
      allowed.mode === 'raw'
        ? await polling.readRawObjects({ patientId })
        : await polling.readSamples(allowed.read);
    return { ...counts, outcome: counts.created + counts.amended > 0 ? 'new data' : 'nothing new' };
  } catch (thrown) {
    if (isCancellation(thrown)) throw thrown;
    const cause = thrown instanceof ActivityFailure ? thrown.cause : thrown;
    return { ...NO_COUNTS, outcome: 'could not read', failure: failureType(cause) };
  }
}

function detailsOf({ outcome, failure, seen, created, amended, rejected }: Found): string {
  const why = failure === undefined ? outcome : `${outcome}: ${failure}`;
  return `${why}. ${seen} samples seen, ${created} new, ${amended} corrected, ${rejected} rejected`;
}

/** What the rounds of a run found: the newest outcome, but new data stays new when the last round adds none. */
function together(before: Found | undefined, now: Found): Found {
  if (before === undefined) return now;
  const isNews = now.outcome === 'nothing new' && before.outcome === 'new data';
  return { ...now, ...addCounts(before, now), ...(isNews ? { outcome: before.outcome } : {}) };
}

function failureType(cause: unknown): string {
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'Unknown';
}
