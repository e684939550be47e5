import type { UnfinishedHistory } from '../db/backfill-requests.js';
import { type BackfillInput, type ConnectInput, ids } from '../workflows/contract.js';
import { NO_COUNTS } from '../workflows/counts.js';
import type { OnboardingInput } from '../workflows/onboarding-contract.js';

type StartOnce = (type: string, id: string, args: unknown[], summary: string) => Promise<boolean>;

/** Begins again what an earlier run did not end; each answers whether it began: false when it runs. */
export function createResuming(startOnce: StartOnce) {
  return {
    /** From the beginning of what was asked for: what is stored already is found unchanged. */
    resumeBackfill: ({ patientId, requests }: UnfinishedHistory): Promise<boolean> => {
      const requestIds = requests.map(({ requestId }) => requestId);
      const startedAt = new Date().toISOString();
      const nothing = { windowsDone: 0, counts: NO_COUNTS, paused: false };
      const resume = { requests, requestIds, startedAt, ...nothing };
      const input: BackfillInput = { patientId, resume, version: 3 };
      return startOnce('backfill', ids.backfill(patientId), [input], 'Read the history back');
    },

    resumeConnect: (input: ConnectInput): Promise<boolean> =>
      startOnce('connect', ids.connect(input.attemptId), [input], `Connect ${input.provider}`),

    resumeOnboarding: (input: OnboardingInput): Promise<boolean> =>
      startOnce('onboarding', ids.onboarding(input.invitationId), [input], 'The way of one invitation'),
  };
}
