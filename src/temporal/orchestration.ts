import {
  type Client,
  isGrpcServiceError,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { NamedError } from '../errors.js';
import * as contract from '../workflows/contract.js';
import { createErasing } from './erasing.js';
import { createResuming } from './resuming.js';
import * as onboarding from '../workflows/onboarding-contract.js';

const NUDGE_PATIENCE_MS = 3_000;
/** gRPC: DEADLINE_EXCEEDED, FAILED_PRECONDITION. */
const UNANSWERED: ReadonlySet<number> = new Set([4, 9]);

/** The update was not answered in time or not at all, or the onboarding has ended. */
const NOT_PREPARED = [
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  WorkflowUpdateFailedError,
  WorkflowExecutionAlreadyStartedError,
] as const;

/** What the rest of the program asks of Temporal, in domain words. */
export type Orchestration = ReturnType<typeof createOrchestration>;

export function createOrchestration(client: Client, taskQueue: string) {
  const { ids } = contract;

  /** Starts a workflow by name; one that already runs under this id is left alone. */
  async function startOnce(
    type: string,
    workflowId: string,
    args: unknown[],
    summary: string,
  ): Promise<boolean> {
    try {
      await client.workflow.start(type, { taskQueue, workflowId, args, staticSummary: summary });
      return true;
    } catch (thrown) {
      if (thrown instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw thrown;
    }
  }

  /** Signals a workflow; one that has ended does not need to hear it. Answers whether it was heard. */
  async function tell(workflowId: string, signal: string, ...args: unknown[]): Promise<boolean> {
    try {
      await client.workflow.getHandle(workflowId).signal(signal, ...args);
      return true;
    } catch (thrown) {
      if (thrown instanceof WorkflowNotFoundError) return false;
      throw thrown;
    }
  }

  async function ask<Answer>(workflowId: string, query: string): Promise<Answer | undefined> {
    try {
      return await client.workflow.getHandle(workflowId).query<Answer>(query);
    } catch (thrown) {
      if (thrown instanceof WorkflowNotFoundError) return undefined;
      throw thrown;
    }
  }

  return {
    async startOnboarding(input: onboarding.OnboardingInput, superseded: number | null): Promise<void> {
      if (superseded !== null) await tell(ids.onboarding(superseded), onboarding.supersededSignal.name);
      await startOnce('onboarding', ids.onboarding(input.invitationId), [input], 'The way of one invitation');
    },
    redeemed: (invitationId: number) => tell(ids.onboarding(invitationId), onboarding.redeemedSignal.name),
    withdrawn: (invitationId: number) => tell(ids.onboarding(invitationId), onboarding.withdrawnSignal.name),
    declined: (invitationId: number) => tell(ids.onboarding(invitationId), onboarding.declinedSignal.name),
    /**
     * Says that the invitation was redeemed, and waits for what the first pages need, though not for long. A workflow
     * whose start was lost begins here. False: not ready yet, or Temporal does not answer.
     */
    async prepare(input: onboarding.OnboardingInput, withinMs: number): Promise<boolean> {
      const startWorkflowOperation = new WithStartWorkflowOperation('onboarding', {
        taskQueue,
        workflowId: ids.onboarding(input.invitationId),
        args: [input],
        staticSummary: 'The way of one invitation',
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
      try {
        return await client.withDeadline(Date.now() + withinMs, () =>
          client.workflow.executeUpdateWithStart(onboarding.preparedUpdate, {
            startWorkflowOperation,
            updateId: 'prepared',
          }),
        );
      } catch (thrown) {
        if (NOT_PREPARED.some((kind) => thrown instanceof kind)) return false;
        throw thrown;
      }
    },
    consented: (invitationId: number) => tell(ids.onboarding(invitationId), onboarding.consentedSignal.name),
    onboardingProgress: (invitationId: number) =>
      ask<onboarding.ProgressStep[]>(ids.onboarding(invitationId), onboarding.progressQuery.name),

    async startConnect(input: contract.ConnectInput, superseded: string | null): Promise<void> {
      if (superseded !== null) await tell(ids.connect(superseded), contract.refusedSignal.name, 'superseded');
      if (input.onboardingId !== null)
        await tell(input.onboardingId, onboarding.connectingSignal.name, input.provider);
      await startOnce('connect', ids.connect(input.attemptId), [input], `Connect ${input.provider}`);
    },
    returned: (attemptId: string) => tell(ids.connect(attemptId), contract.returnedSignal.name),
    refused: (attemptId: string, reason: 'denied' | 'failed') =>
      tell(ids.connect(attemptId), contract.refusedSignal.name, reason),
    /** Ends the attempt whatever Open Wearables shows. */
    abandoned: (attemptId: string) => tell(ids.connect(attemptId), contract.refusedSignal.name, 'superseded'),
    connectOutcome: (attemptId: string) =>
      ask<contract.ConnectOutcome | 'pending'>(ids.connect(attemptId), contract.connectOutcomeQuery.name),

    /** Sends the patient a link that opens what there is to open. */
    async mailFreshLink(input: onboarding.FreshLinkInput): Promise<void> {
      await startOnce('freshLink', ids.freshLink(input.requestId), [input], 'A fresh link by mail');
    },

    async pollPatient(patientId: number, pollId: string): Promise<void> {
      await startOnce(
        'pollPatient',
        ids.pollPatient(patientId),
        [{ patientId, pollId, version: 2 } satisfies contract.PollPatientInput],
        'Read one patient now',
      );
    },
    /** Has a patient read now, or once more when a read runs; gives up when Temporal does not answer at once. */
    async nudge(patientId: number): Promise<void> {
      await client.withDeadline(Date.now() + NUDGE_PATIENCE_MS, () =>
        client.workflow.signalWithStart('pollPatient', {
          taskQueue,
          workflowId: ids.pollPatient(patientId),
          args: [{ patientId, pollId: 'webhook', version: 2 } satisfies contract.PollPatientInput],
          signal: contract.nudgedSignal,
          staticSummary: 'Read one patient now',
        }),
      );
    },
    /** Reads one patient now and waits; undefined when a poll of this patient already runs. */
    async pollPatientNow(patientId: number, pollId: string): Promise<contract.PollPatientResult | undefined> {
      const started = await startOnce(
        'pollPatient',
        ids.pollPatient(patientId),
        [{ patientId, pollId, version: 2 } satisfies contract.PollPatientInput],
        'Read one patient now',
      );
      if (!started) return undefined;
      return resultOf<contract.PollPatientResult>(ids.pollPatient(patientId));
    },

    /** Whether a poll of this patient runs at the moment. */
    async isReading(patientId: number): Promise<boolean> {
      try {
        return (
          (await client.workflow.getHandle(ids.pollPatient(patientId)).describe()).status.name === 'RUNNING'
        );
      } catch (thrown) {
        if (thrown instanceof WorkflowNotFoundError) return false;
        throw thrown;
      }
    },

    /** When the running poll began; undefined when none runs. */
    async pollRunningSince(): Promise<Date | undefined> {
      const { info } = await client.schedule.getHandle(ids.pollSchedule).describe();
      const running = info.runningActions[0];
      if (running === undefined) return undefined;
      const { startTime, status } = await client.workflow.getHandle(running.workflow.workflowId).describe();
      return status.name === 'RUNNING' ? startTime : undefined;
    },
    /** The schedule as it stands; undefined when no worker ever made it. */
    async pollSchedule(): Promise<{ paused: boolean; next: Date | undefined } | undefined> {
      try {
        const { state, info } = await client.schedule.getHandle(ids.pollSchedule).describe();
        return { paused: state.paused, next: info.nextActionTimes[0] };
      } catch (thrown) {
        if (thrown instanceof ScheduleNotFoundError) return undefined;
        throw thrown;
      }
    },
    async pauseSchedule(note: string): Promise<void> {
      await client.schedule.getHandle(ids.pollSchedule).pause(note);
    },
    async resumeSchedule(note: string): Promise<void> {
      await client.schedule.getHandle(ids.pollSchedule).unpause(note);
    },
    /** Triggers the schedule, so that overlap rules hold; answers the workflow id, or undefined when a poll runs. */
    async triggerPoll(): Promise<string | undefined> {
      const handle = client.schedule.getHandle(ids.pollSchedule);
      const { info: before } = await handle.describe();
      await handle.trigger(ScheduleOverlapPolicy.SKIP);
      for (let tries = 0; tries < 100; tries += 1) {
        const { info } = await handle.describe();
        if (info.numActionsTaken > before.numActionsTaken)
          return info.recentActions.at(-1)?.action.workflow.workflowId;
        // Whether it still runs says nothing: it may have ended since.
        if (info.numActionsSkippedOverlap > before.numActionsSkippedOverlap) return undefined;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new NamedError('ScheduleSilent', 'the schedule took the trigger but started no poll within 10 s');
    },
    pollResult: (workflowId: string) => resultOf<contract.PollResult>(workflowId),
    /** The poll, and those of its shards that are being read. */
    async pollProgress(workflowId: string): Promise<contract.PollProgress[]> {
      const poll = await ask<contract.PollProgress>(workflowId, contract.pollProgressQuery.name);
      const shards = (poll?.running ?? []).map((number) =>
        ask<contract.PollProgress>(ids.shard(workflowId, number), contract.pollProgressQuery.name),
      );
      return [poll, ...(await Promise.all(shards))].filter((each) => each !== undefined);
    },

    async requestBackfill(patientId: number, request: contract.BackfillRequest): Promise<void> {
      await client.workflow.signalWithStart('backfill', {
        taskQueue,
        workflowId: ids.backfill(patientId),
        args: [{ patientId, version: 3 } satisfies contract.BackfillInput],
        signal: contract.requestBackfillSignal,
        signalArgs: [request],
        staticSummary: 'Read the history back',
        priority: { priorityKey: 5 },
      });
    },
    steerBackfill: (patientId: number, signal: 'pause' | 'resume' | 'cancel') =>
      tell(ids.backfill(patientId), signal),
    /** Undefined when the patient never had one; throws NamedError `WorkerMissing` when no worker is there to tell. */
    async backfillProgress(patientId: number): Promise<contract.BackfillProgress | undefined> {
      try {
        return await ask(ids.backfill(patientId), contract.backfillProgressQuery.name);
      } catch (thrown) {
        if (!isUnanswered(thrown)) throw thrown;
        throw new NamedError('WorkerMissing', 'no worker answers; a backfill goes on when one runs', {
          cause: thrown,
        });
      }
    },

    /** Starts a comparison with Open Wearables beside whatever runs; answers the workflow id. */
    async startReconcile(input: contract.ReconcileInput): Promise<string> {
      const workflowId = `${ids.reconcile}-${new Date().toISOString()}`;
      const staticSummary = 'Reconcile: compare closed days with Open Wearables';
      await client.workflow.start('reconcile', { taskQueue, workflowId, args: [input], staticSummary });
      return workflowId;
    },
    reconcileProgress: (workflowId: string) =>
      ask<contract.ReconcileTally>(workflowId, contract.reconcileProgressQuery.name),
    reconcileResult: (workflowId: string) => resultOf<contract.ReconcileResult>(workflowId),

    /** Answers whether it began: false when it runs. */
    async disconnect(input: contract.DisconnectInput): Promise<boolean> {
      const { patientId, provider, purge = false } = input;
      const workflowId = purge ? ids.purge(patientId, provider) : ids.disconnect(patientId, provider);
      return startOnce('disconnect', workflowId, [input], `Disconnect ${provider}${purge ? ', delete' : ''}`);
    },
    ...createErasing(client, { startOnce, ask }),
    ...createResuming(startOnce),
  };

  /** What a workflow answered; a failed one throws NamedError `WorkflowFailed`. */
  async function resultOf<Result>(workflowId: string): Promise<Result> {
    try {
      return (await client.workflow.getHandle(workflowId).result()) as Result;
    } catch (thrown) {
      if (!(thrown instanceof WorkflowFailedError)) throw thrown;
      throw new NamedError('WorkflowFailed', `${workflowId} failed; the Temporal UI shows where`, {
        cause: thrown,
      });
    }
  }
}

/** No worker polls, or the one that did has not answered in time. */
function isUnanswered(thrown: unknown): boolean {
  const cause = thrown instanceof ServiceError ? thrown.cause : undefined;
  return isGrpcServiceError(cause) && UNANSWERED.has(cause.code);
}
