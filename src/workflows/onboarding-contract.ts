import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ConnectOutcome } from './contract.js';

/** What the rest of the program may know of a patient's onboarding and of the letters to a patient. */

export interface OnboardingInput {
  readonly invitationId: number;
  readonly patientId: number;
  /** ISO time after which the invitation cannot be redeemed. */
  readonly expiresAt: string;
  /** When the patient is written to, and how long anybody waits; absent where an earlier version began it. */
  readonly plan?: OnboardingPlan;
  /** Steps of an earlier run that is lost. */
  readonly reached?: readonly ProgressStep[];
}
export interface OnboardingPlan {
  /** The invitation itself goes out by mail. */
  readonly isMailed: boolean;
  /** ISO times at which a patient who has not used the invitation is reminded. */
  readonly remindAt: readonly string[];
  /** Milliseconds after redeeming at which a patient without a connection is reminded. */
  readonly remindAfterMs: readonly number[];
  /** Milliseconds after redeeming until nobody waits for a connection any more. */
  readonly patienceMs: number;
}
export type OnboardingOutcome = 'connected' | 'declined' | 'expired' | 'superseded' | 'withdrawn' | 'lapsed';
export type OnboardingStep =
  | 'invited'
  | 'mailed'
  | 'not mailed'
  | 'reminded'
  | 'redeemed'
  | 'declined'
  | 'account ready'
  | 'consented'
  | 'devices matched'
  | 'connecting'
  | 'denied'
  | 'failed'
  | 'timed out'
  | 'connected'
  | 'reading'
  | 'read back'
  | 'expired'
  | 'superseded'
  | 'withdrawn'
  | 'lapsed';
/** One line of the integration log. */
export interface ProgressStep {
  readonly step: OnboardingStep;
  /** ISO time. */
  readonly at: string;
  /** A provider key, where the step is about one. */
  readonly provider?: string;
  /** How many devices can be chosen, where the step is about that. */
  readonly count?: number;
}
/** Steps to be read when the workflow is gone. */
export interface KeptProgress {
  readonly invitationId: number;
  readonly steps: readonly ProgressStep[];
}
export const redeemedSignal = defineSignal('redeemed');
export const supersededSignal = defineSignal('superseded');
/** The study team took the invitation back. */
export const withdrawnSignal = defineSignal('withdrawn');
/** The patient does not want to take part. */
export const declinedSignal = defineSignal('declined');
export const consentedSignal = defineSignal('consented');
export const connectingSignal = defineSignal<[string]>('connecting');
export const connectedSignal = defineSignal<[string]>('connected');
/** The attempt with this provider ended without a connection. */
export const attemptEndedSignal =
  defineSignal<[string, Exclude<ConnectOutcome, 'connected' | 'superseded'>]>('attemptEnded');
/** Redeemed; answers whether the account is ready, or false when the onboarding ended before. */
export const preparedUpdate = defineUpdate<boolean>('prepared');
export const progressQuery = defineQuery<ProgressStep[]>('progress');

export interface MailRequest {
  /** Names the letter: it goes out once. */
  readonly purpose: string;
  readonly kind: 'invitation' | 'invitation reminder' | 'connect reminder' | 'fresh link';
  readonly invitationId: number;
}
export type MailOutcome = 'sent' | 'not wanted' | 'nothing to open' | 'refused' | 'not configured';
export interface FreshLinkInput {
  readonly patientId: number;
  readonly requestId: string;
}
