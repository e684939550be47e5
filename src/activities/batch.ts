import { cancellationSignal } from '@temporalio/activity';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { BatchRead, BatchRequest, Tally } from '../workflows/contract.js';
import { addCounts, EMPTY_TALLY, tallyPatient } from '../workflows/counts.js';
import { inPool } from '../workflows/pool.js';
import type { ActivityDeps } from './deps.js';
import { firstPagesActivities } from './first-pages.js';

const PATIENTS_AT_ONCE = 8;

export function batchActivities(deps: ActivityDeps) {
  const firstPages = firstPagesActivities(deps);
  return {
    /**
     * Reads the first pages of many patients. Those who have more, of whom more is told meanwhile, or who could not be
     * read are left to runs of their own. Throws OpenWearablesFailure `KeyRejected`: nobody else could be read.
     */
    async readBatch({ patientIds, pollId }: BatchRequest): Promise<BatchRead> {
      let tally: Tally = EMPTY_TALLY;
      const left: number[] = [];
      await inPool(patientIds, PATIENTS_AT_ONCE, async (patientId) => {
        cancellationSignal().throwIfAborted();
        try {
          const first = await firstPages.readFirstPages({ patientId, pollId });
          if (first.kind === 'more') tally = { ...tally, ...addCounts(tally, first.counts) };
          else if (first.remembered?.isAgain !== true) {
            tally = tallyPatient(tally, first.found);
            return;
          } else tally = { ...tally, ...addCounts(tally, first.found) };
        } catch (thrown) {
          if (thrown instanceof OpenWearablesFailure && thrown.kind === 'KeyRejected') throw thrown;
        }
        left.push(patientId);
      });
      return { tally, left: left.sort((a, b) => a - b) };
    },
  };
}
