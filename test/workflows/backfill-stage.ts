import { until } from '../../dev/journey/until.js';
import type { Activities } from '../../src/activities/create.js';
import type { HistoryRequest } from '../../src/activities/ingest.js';
import { ids, type BackfillProgress } from '../../src/workflows/contract.js';
import { NO_COUNTS } from '../../src/workflows/counts.js';
import { gate } from './gate.js';
import type { Stage } from './mocked-temporal.js';

/** A past that holds one sample a window; the read of window number `held` waits at the gate. */
export function past(held?: number) {
  const way = gate();
  const reads: HistoryRequest[] = [];
  const activities: Partial<Activities> = {
    readHistory: async (request) => {
      if (reads.push(request) === held) await way.opened;
      return { ...NO_COUNTS, seen: 1, created: 1 };
    },
  };
  return {
    way,
    reads,
    activities,
    /** The first day of each window, in the order in which they were read. */
    windows: () => reads.map(({ from }) => from.slice(0, 10)),
    arrival: () => until('the held window is being read', () => Promise.resolve(reads.length === held)),
  };
}

export const resultOf = ({ client }: Stage, patientId: number) =>
  client.workflow.getHandle(ids.backfill(patientId)).result() as Promise<BackfillProgress>;

/** The runs of a patient's backfill, the newest first, with the length of their histories. */
export async function runsOf(
  { client }: Stage,
  patientId: number,
): Promise<{ id: string; events: number }[]> {
  const workflowId = ids.backfill(patientId);
  const runs: { id: string; events: number }[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push({ id: runId, events: events?.length ?? 0 });
  }
  return runs;
}

/** Waits until the progress is as wanted, and answers it. */
export const progressWhen = (
  { orchestration }: Stage,
  patientId: number,
  what: string,
  isSo: (progress: BackfillProgress) => boolean,
) =>
  until(what, async () => {
    const progress = await orchestration.backfillProgress(patientId);
    return progress !== undefined && isSo(progress) && progress;
  });
