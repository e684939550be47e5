import { until } from '../../../dev/journey/until.js';
import { runsOf, type Run } from './kill.js';
import { EVENTS_A_RUN, type KillStage } from './stage.js';

/** Long enough to see what is on its way to the worker. */
const LATENCY_MS = 250;
/** Temporal: a workflow task that a worker has. */
const STARTED = 2;

/** Kills the worker when it has decided to go on as a new run, and Temporal has not heard of it. */
export async function killWhileContinuing(stage: KillStage, begin: () => Promise<string>): Promise<Run> {
  const { link } = stage;
  await stage.startWorker();
  const [run] = await runsOf(stage, [await begin()]);
  if (run === undefined) throw new Error('nothing began');
  await until('the run is long', async () => (await lengthOf(stage, run)) > EVENTS_A_RUN / 2, 120_000);
  await link.set({ kind: 'latency', ms: LATENCY_MS });
  await until('its last task is on its way', () => isLastTask(stage, run), 180_000);
  await link.set({ kind: 'stall' });
  await until('the answer to it is on its way', async () => Promise.resolve(link.keptBack > 0));
  await stage.killWorker();
  return run;
}

async function lengthOf({ temporal }: KillStage, { workflowId, runId }: Run): Promise<number> {
  return (await temporal.workflow.getHandle(workflowId, runId).describe()).historyLength;
}

/** Whether a worker is to decide, and nothing is left but to go on as new. */
async function isLastTask({ temporal }: KillStage, { workflowId, runId }: Run): Promise<boolean> {
  const { historyLength, raw } = await temporal.workflow.getHandle(workflowId, runId).describe();
  const isIdle = (raw.pendingActivities ?? []).length === 0;
  return isIdle && historyLength >= EVENTS_A_RUN && Number(raw.pendingWorkflowTask?.state) === STARTED;
}
