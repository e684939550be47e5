import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { HistoryRequest } from '../src/activities/ingest.js';
import { BackfillPlan } from '../src/workflows/backfill-plan.js';
import type { BackfillRequest, HistoryRead } from '../src/workflows/contract.js';
import type { BenchWorld } from './world.js';

type ReadHistory = (request: HistoryRequest) => Promise<HistoryRead>;

/** Reads a patient's history as a backfill does, the same windows by the same activities, in this process and without Temporal. */
export async function readAlone(
  { activities }: Pick<BenchWorld, 'activities'>,
  patientId: number,
  request: BackfillRequest,
): Promise<void> {
  const plan = new BackfillPlan(true, undefined, Date.now());
  plan.ask(request, Date.now());
  while (plan.next !== undefined) {
    const window = plan.begin(Date.now());
    if (window === undefined) continue;
    const { from, to } = window;
    const counts = await inActivity((wanted) => activities.readHistory(wanted), {
      patientId,
      from,
      to,
      dataTypes: null,
    });
    plan.finish(window, counts, Date.now());
  }
}

function inActivity(readHistory: ReadHistory, request: HistoryRequest): Promise<HistoryRead> {
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  return environment.run<[HistoryRequest], HistoryRead, ReadHistory>(readHistory, request);
}
