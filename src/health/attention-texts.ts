import type { AttentionReason, PatientInNeed } from '../db/attention.js';
import { rejectionReasons } from '../omh/measurement.js';
import { rejectionMeanings } from '../omh/rejection-meanings.js';

/** What is said of a patient in need, and what to do about it. */
export interface AttentionTexts {
  readonly says: string;
  readonly means: string;
  readonly next: string;
}

const texts: Readonly<Record<AttentionReason, (patient: PatientInNeed) => AttentionTexts>> = {
  lost: ({ about }) => ({
    says: 'needs reconnecting',
    means: `${about} ended our access.`,
    next: 'send a fresh invitation, or ask to sign in there again',
  }),
  rejected: ({ count, about }) => ({
    says: `${count} rejected`,
    means: meaningOf(about),
    next: 'look at the dead letters',
  }),
  'not read': ({ about }) => ({
    says: 'could not be read',
    means: failureMeanings[about] ?? `The read failed: ${about}.`,
    next:
      about === 'AccountLost'
        ? 'connect again: the account there is gone'
        : 'wait: it is tried again at every poll',
  }),
  silent: ({ about, since }) => ({
    says: `silent for ${hoursSince(since)} h`,
    means: `The connection works, ${about} has nothing new.`,
    next: 'ask to wear it and to open its app',
  }),
};

const failureMeanings: Readonly<Record<string, string>> = {
  AccountLost: 'Open Wearables does not know the account any more.',
  KeyRejected: 'Open Wearables refused our key.',
  RateLimited: 'Open Wearables asked for fewer requests.',
  ServerError: 'Open Wearables failed.',
  Unreachable: 'Open Wearables could not be reached.',
  TimedOut: 'Open Wearables did not answer in time.',
};

export function attentionTexts(patient: PatientInNeed): AttentionTexts {
  return texts[patient.reason](patient);
}

function meaningOf(reason: string): string {
  const known = rejectionReasons.find((each) => each === reason);
  return known === undefined ? reason : rejectionMeanings[known];
}

function hoursSince(time: Date): number {
  return Math.floor((Date.now() - time.getTime()) / 3_600_000);
}
