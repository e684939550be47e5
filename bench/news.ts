import type { PollResult } from '../src/workflows/contract.js';
import type { Wearer } from './patients.js';
import type { BenchWorld } from './world.js';

/** When rings measured last: news are later than all before, however fast they follow each other. */
let newest = Math.floor(Date.now() / 1000) * 1000 - 7_200_000;
let ticks = 0;

/** So many new heart rates of each of them, who are due for that. */
export async function placeNews(
  world: BenchWorld,
  wearers: readonly Wearer[],
  samples: number,
): Promise<void> {
  newest += samples * 1_000;
  const placed = Array.from({ length: samples }, (_, index) => ({
    ...{ type: 'heart_rate', timestamp: new Date(newest - index * 1_000), value: 60 + index },
  }));
  for (const { owUserId } of wearers) await world.openWearables.addSamples(owUserId, placed);
  await markDue(world, wearers);
}

/** As a webhook does, whether or not there is anything new. */
export async function markDue({ app, openWearables }: BenchWorld, wearers: readonly Wearer[]): Promise<void> {
  await openWearables.forgetRequests();
  await app.sql`
    insert into due_patients (patient_id, reason)
    select id, 'webhook' from unnest(${wearers.map(({ id }) => id)}::integer[]) id on conflict do nothing`;
}

/** One poll, as the schedule begins it. */
export async function tick({
  app,
  temporal,
}: BenchWorld): Promise<{ readonly workflowId: string; readonly result: PollResult }> {
  ticks += 1;
  const workflowId = `ow-poll-tick-${ticks}`;
  const result = await temporal.workflow.execute<() => Promise<PollResult>>('poll', {
    ...{ taskQueue: app.config.TEMPORAL_TASK_QUEUE, workflowId },
  });
  return { workflowId, result };
}

/** A poll in which nobody is due; answers how many patients that were. */
export async function idleTick(world: BenchWorld, idle: number): Promise<number> {
  const { patients } = (await tick(world)).result;
  const read = Object.values(patients).reduce((sum, each) => sum + each, 0);
  if (read > 0) throw new Error(`${read} patients were read although nothing was new`);
  return idle;
}
