import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import type { PollPatientInput, PollPatientResult } from './contract.js';
import { NO_COUNTS } from './counts.js';
import { local, polling } from './proxies.js';

/** One patient: ask the consents, read what they allow, store it. What cannot be read is an outcome, not an error. */
export async function pollPatient({ patientId, pollId }: PollPatientInput): Promise<PollPatientResult> {
  const result = await read(patientId);
  await local.recordPatientOutcome({ patientId, pollId, ...result });
  return result;
}

async function read(patientId: number): Promise<PollPatientResult & { failure?: string }> {
  try {
    const allowed = await polling.checkConsent(patientId);
    if (allowed.kind === 'skip') return { ...NO_COUNTS, outcome: allowed.reason };
    const counts = await polling.readSamples(allowed.read);
    return { ...counts, outcome: counts.created + counts.amended > 0 ? 'new data' : 'nothing new' };
  } catch (thrown) {
    if (isCancellation(thrown)) throw thrown;
    const cause = thrown instanceof ActivityFailure ? thrown.cause : thrown;
    return { ...NO_COUNTS, outcome: 'could not read', failure: failureType(cause) };
  }
}

function failureType(cause: unknown): string {
  return cause instanceof ApplicationFailure && cause.type ? cause.type : 'Unknown';
}
