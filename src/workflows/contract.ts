import { defineQuery, defineSignal } from '@temporalio/workflow';

/**
 * What the rest of the program may know of the workflows: ids, inputs, results, signals and queries. Ids, counts, codes
 * and times only. `onboarding-contract.ts` has those of the patient's way in,
 * `erasure-contract.ts` those of the way out.
 */

export const ids = {
  onboarding: (invitationId: number) => `onboarding/${invitationId}`,
  freshLink: (requestId: string) => `fresh-link/${requestId}`,
  connect: (attemptId: string) => `connect/${attemptId}`,
  pollSchedule: 'ow-poll',
  shard: (pollId: string, index: number) => `${pollId}/shard-${index}`,
  pollPatient: (patientId: number) => `poll-patient/${patientId}`,
  backfill: (patientId: number) => `backfill/${patientId}`,
  /** Schedule and workflow. */
  heal: 'ow-heal',
  /** Schedule; a workflow has its time appended. */
  reconcile: 'ow-reconcile',
  disconnect: (patientId: number, provider: string) => `disconnect/${patientId}/${provider}`,
  /** A disconnect that deletes as well: one that does not may run already. */
  purge: (patientId: number, provider: string) => `disconnect/${patientId}/${provider}/data`,
  erasure: (patientId: number) => `erasure/${patientId}`,
  /** Schedule; a workflow has its time appended. */
  audit: 'audit-check',
};

// connect --------------------------------------------------------------------------------------------------------

export interface ConnectInput {
  readonly attemptId: string;
  readonly patientId: number;
  readonly provider: string;
  /** ISO time. */
  readonly expiresAt: string;
  /** `updated_at` of this connection at Open Wearables when the attempt began; null when there was none. */
  readonly connectionBefore: string | null;
  readonly onboardingId: string | null;
}
export type ConnectOutcome = 'connected' | 'denied' | 'failed' | 'expired' | 'superseded';
/** The browser came back from the vendor. */
export const returnedSignal = defineSignal('returned');
/** The vendor or Open Wearables said no, or a newer attempt took over. */
export const refusedSignal = defineSignal<['denied' | 'failed' | 'superseded']>('refused');
/** Where a run is, in words for people. */
export const stageQuery = defineQuery<string>('progress');
export const connectOutcomeQuery = defineQuery<ConnectOutcome | 'pending'>('outcome');

// poll -----------------------------------------------------------------------------------------------------------

export interface Counts {
  readonly seen: number;
  readonly created: number;
  readonly amended: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly withheld: number;
  readonly held: number;
  readonly retired: number;
}
export type PatientOutcome =
  'new data' | 'nothing new' | 'could not read' | 'not consented' | 'not connected';
export interface PollPatientInput {
  readonly patientId: number;
  readonly pollId: string;
  /** Which way the run goes; absent when an earlier version began it. */
  readonly version?: 2;
}
export interface PollPatientResult extends Counts {
  readonly outcome: PatientOutcome;
  /** The type of the failure when nothing could be read. */
  readonly failure?: string;
}
/** What the rounds of a run have found so far; null: nothing yet. */
export const patientProgressQuery = defineQuery<PollPatientResult | null>('progress');
/** Something new is at Open Wearables: read once more. */
export const nudgedSignal = defineSignal('nudged');
/** A keyset range of patients to read: after `afterId`, up to and including `lastId`. */
export interface Shard {
  readonly afterId: number;
  readonly lastId: number;
  readonly patients: number;
}
/** Who is due in a poll, and who has nothing to read. */
export interface PollPlan {
  /** Why the whole poll does not happen, in the words of the original system; null when it does. */
  readonly refusal: string | null;
  readonly mode: 'normalized' | 'raw';
  readonly due: number;
  readonly shards: readonly Shard[];
  readonly skipped: Partial<Record<PatientOutcome, number>>;
  /** So many patients are read in one step; absent: each by a run of its own. */
  readonly batch?: number;
}
export interface PollShardInput extends Shard, Pick<PollPlan, 'batch'> {
  readonly pollId: string;
}
export interface Tally extends Counts {
  readonly patients: Readonly<Record<PatientOutcome | 'in flight', number>>;
}
export interface BatchRequest {
  readonly patientIds: readonly number[];
  readonly pollId: string;
}
export interface BatchRead {
  /** Of whom there is no more to read, and what was found of anybody. */
  readonly tally: Tally;
  /** Who is left to be read. */
  readonly left: readonly number[];
}
export interface ShardResult extends Tally {
  /** Why the rest of the poll does not happen, as in the plan. */
  readonly refusal?: string;
}
/** How far a poll is, or a shard of it. */
export interface PollProgress extends Tally {
  readonly due: number;
  /** Numbers of its shards that are being read: what they have found is not in the tally yet. */
  readonly running?: readonly number[];
}
export const pollProgressQuery = defineQuery<PollProgress>('progress');
export interface PollResult extends Tally {
  /** In the words of the original system. */
  readonly message: string;
}

// backfill -------------------------------------------------------------------------------------------------------

export interface BackfillRequest {
  /** ISO times; `from` before `to`. */
  readonly from: string;
  readonly to: string;
  /** Names of data types or their codes; absent: everything the patient agreed to. */
  readonly dataTypes?: readonly string[];
  /** Wait until Open Wearables has fetched this provider's history itself. */
  readonly awaitHistoryOf?: string;
  /** Read again what this backfill has read before: there may be more of it now, as after a new consent. */
  readonly anew?: boolean;
  /** By which the end is remembered; absent when an earlier version asked. */
  readonly requestId?: number;
}
/** What reading a window came to. */
export interface HistoryRead extends Counts {
  /** ISO time: the begin of the patient's day in which the window begins, from which on it was read. */
  readonly from?: string;
}
export interface BackfillInput {
  readonly patientId: number;
  /** Carried over when the workflow continues as new. */
  readonly resume?: BackfillState;
  /** Absent from runs that an earlier version began: these ask `patched`, which costs two events each time. */
  readonly version?: 2 | 3;
}
export interface BackfillState {
  /** What is left to read. */
  readonly requests: readonly BackfillRequest[];
  /** What is read; this and what follows absent when an earlier version wrote it. */
  readonly done?: readonly BackfillRequest[];
  readonly daysDone?: number;
  readonly readingMs?: number;
  readonly windowsDone: number;
  readonly counts: Counts;
  /** ISO time. */
  readonly startedAt: string;
  readonly paused: boolean;
  /** Requests whose end is to be remembered. */
  readonly requestIds?: readonly number[];
}
/** Requests that a run has ended, one way or another. */
export interface ConcludedHistory {
  readonly requestIds: readonly number[];
  readonly end: 'done' | 'cancelled' | 'failed';
}
/** The counts are those of whole windows. */
export interface BackfillProgress extends Counts {
  readonly state: 'waiting for the vendor' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly percent: number;
  readonly windowsDone: number;
  readonly windowsTotal: number;
  /** Days of recorded time; days asked for apart for other data types count for themselves. */
  readonly daysDone: number;
  readonly daysTotal: number;
  /** Samples seen in a second of reading; null while nothing is read. */
  readonly rate: number | null;
  /** ISO time at which it ends if it goes on like this; null when it rests or nothing is read yet. */
  readonly eta: string | null;
  /** What is being read; ISO times. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** The type of the failure it ended with. */
  readonly failure: string | null;
  /** ISO time at which this backfill began. */
  readonly startedAt: string;
}
export const requestBackfillSignal = defineSignal<[BackfillRequest]>('requestBackfill');
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
export const cancelSignal = defineSignal('cancel');
export const backfillProgressQuery = defineQuery<BackfillProgress>('progress');

// heal -----------------------------------------------------------------------------------------------------------

/** A patient's wearable: where a night's healing goes on from, or what it heals. */
export interface HealingPlace {
  readonly patientId: number;
  readonly provider: string;
}
export interface HealingPlan {
  /** How many days back; 0: healing is switched off. */
  readonly days: number;
  readonly connections: readonly HealingPlace[];
}
/** `still running`: Open Wearables takes long; what it has fetched by then is read. */
export type HealingOutcome = 'healed' | 'still running' | 'not possible' | 'failed';
export interface HealInput {
  /** The last one that was planned; null: begin. */
  readonly after: HealingPlace | null;
  readonly tally: HealResult;
}
export type HealResult = Readonly<Record<HealingOutcome, number>>;
export const healProgressQuery = defineQuery<HealResult>('progress');

// reconcile ------------------------------------------------------------------------------------------------------

export interface ReconcileInput {
  /** Read so many days again, and compare no others; absent: as every night. */
  readonly days?: number;
  /** Only this patient. */
  readonly patientId?: number;
  /** Carried over when the workflow continues as new. */
  readonly resume?: ReconcileState;
}
export interface ReconcileState {
  readonly afterId: number;
  readonly isDeep: boolean;
  readonly tally: ReconcileTally;
}
export interface ReconcilePlan {
  /** Why nothing is compared; null when it is. */
  readonly refusal: string | null;
  readonly patientIds: readonly number[];
}
export interface ReconcileRequest {
  readonly patientId: number;
  /** How many closed days are compared. */
  readonly days: number;
  /** All of them are read again, not only those that must be. */
  readonly isDeep: boolean;
}
/** Days in which anything was not as it is at Open Wearables, and observations that it took. */
export interface ReconcileFinding {
  readonly daysCompared: number;
  readonly daysDiffered: number;
  readonly created: number;
  readonly amended: number;
  /** Became entered-in-error. */
  readonly retired: number;
}
export interface ReconcileTally extends ReconcileFinding {
  readonly patients: number;
  /** How many of the patients could not be read, by the type of the failure. */
  readonly couldNotRead: Readonly<Record<string, number>>;
}
export const reconcileProgressQuery = defineQuery<ReconcileTally>('progress');
export interface ReconcileResult extends ReconcileTally {
  readonly message: string;
  /** Whether everything that was to be compared was. */
  readonly isComplete: boolean;
}

// audit check ----------------------------------------------------------------------------------------------------

export interface AuditCheckResult {
  /** How many events of the trail are as they were appended. */
  readonly events: number;
  /** The first that is not; null: all of them are. */
  readonly brokenAt: number | null;
}
/** What the check found; null: it has not ended. */
export const auditCheckQuery = defineQuery<AuditCheckResult | null>('progress');

// disconnect -----------------------------------------------------------------------------------------------------

export interface DisconnectInput {
  readonly patientId: number;
  readonly provider: string;
  /** True: the patient asked for it; false: only when no standing consent needs the provider any more. */
  readonly asked: boolean;
  /** Also delete what Open Wearables keeps of this wearable. */
  readonly purge?: boolean;
}
export type DisconnectOutcome = 'disconnected' | 'still needed' | 'purged' | 'purge not possible';
