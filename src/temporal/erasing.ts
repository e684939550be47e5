import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { RunsOfPatient } from '../db/erasure-runs.js';
import { ids } from '../workflows/contract.js';
import {
  type ErasureInput,
  type ErasureProgress,
  erasureProgressQuery,
} from '../workflows/erasure-contract.js';

interface Doing {
  readonly startOnce: (type: string, id: string, args: unknown[], summary: string) => Promise<boolean>;
  readonly ask: <Answer>(workflowId: string, query: string) => Promise<Answer | undefined>;
}

/** What erasing a patient asks of Temporal. */
export function createErasing(client: Client, { startOnce, ask }: Doing) {
  return {
    /** Answers whether it began: false when it runs. */
    erase: (input: ErasureInput): Promise<boolean> =>
      startOnce('erasure', ids.erasure(input.patientId), [input], 'Erase everything about a patient'),

    /** Undefined when there is no run to ask (any more). */
    erasureProgress: (patientId: number): Promise<ErasureProgress | undefined> =>
      ask<ErasureProgress>(ids.erasure(patientId), erasureProgressQuery.name),

    /** Ends every run of a patient but the erasure, where it stands; answers how many there were. */
    async endRunsOf(patientId: number, runs: RunsOfPatient): Promise<number> {
      const { invitationIds, attemptIds, providers } = runs;
      const known = [
        ...[ids.pollPatient(patientId), ids.backfill(patientId)],
        ...invitationIds.map(ids.onboarding),
        ...attemptIds.map(ids.connect),
        ...providers.flatMap((provider) => [
          ids.disconnect(patientId, provider),
          ids.purge(patientId, provider),
        ]),
      ];
      const found = new Set(known);
      // What is named after nothing we know, like a letter that is on its way.
      const query = `PatientRef = '${patientId}' and ExecutionStatus = 'Running'`;
      for await (const { workflowId } of client.workflow.list({ query })) found.add(workflowId);
      found.delete(ids.erasure(patientId));
      let ended = 0;
      for (const workflowId of found) if (await end(workflowId)) ended += 1;
      return ended;
    },
  };

  async function end(workflowId: string): Promise<boolean> {
    try {
      await client.workflow.getHandle(workflowId).terminate('the patient is being erased');
      return true;
    } catch (thrown) {
      if (thrown instanceof WorkflowNotFoundError) return false;
      throw thrown;
    }
  }
}
