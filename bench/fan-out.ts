import { executeChild, ParentClosePolicy, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../src/activities/create.js';
import { inPool } from '../src/workflows/pool.js';
import { began } from '../src/workflows/search-attributes.js';

export { backfill } from '../src/workflows/backfill.js';
export { poll } from '../src/workflows/poll.js';
export { pollShard } from '../src/workflows/poll-shard.js';
export { pollPatient } from '../src/workflows/poll-patient.js';

/** As many as a shard of a poll has at once. */
const AT_ONCE = 50;

type Empty = Pick<Activities, 'checkConsent' | 'studiesOf'>;
const empty = proxyActivities<Empty>({ startToCloseTimeout: '1 minute' });

/**
 * What a poll's shape is compared with: a child for each patient that asks two activities, and nothing more. `isFindable`:
 * it is found and shown by what a patient's poll is found and shown by.
 */
export async function twoActivitiesEach(patients: number, isFindable: boolean): Promise<number> {
  const { workflowId } = workflowInfo();
  await inPool(
    Array.from({ length: patients }, (_, index) => index),
    AT_ONCE,
    async (patientId) => {
      await executeChild(twoActivities, {
        ...{ workflowId: `${workflowId}/${patientId}`, args: [patientId] },
        parentClosePolicy: ParentClosePolicy.TERMINATE,
        ...(isFindable && {
          workflowExecutionTimeout: '30 minutes',
          staticSummary: `Patient ${patientId}: check consent, read, store`,
          typedSearchAttributes: began('poll', { patientId, studyIds: [1] }),
        }),
      });
    },
  );
  return patients;
}

export async function twoActivities(patientId: number): Promise<void> {
  await empty.checkConsent(patientId);
  await empty.studiesOf([patientId]);
}
