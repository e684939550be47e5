import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { PollResult } from '../src/workflows/contract.js';
import { readAlone } from './alone.js';
import { hashLoop } from './calibration.js';
import { DAY_MS, forget, observationsIn, samplesOf } from './histories.js';
import { makeIdlePatients, makeWearers, markRead, type Wearer } from './patients.js';
import { memoryOf, peaksOf } from './processes.js';
import { cpuOf, inRounds, ratioOf, type Figures } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

const NEW_SAMPLES = 3;
const PAGE = 100;
const BARE_QUEUE = 'bare';

export interface TickSize {
  /** Who has news. */
  readonly wearers: number;
  /** Who has none, in one tick after the other: the sizes grow. */
  readonly idle: readonly number[];
  readonly rounds: number;
}

/** Ticks of the schedule: everybody has news, few of many have, nobody has; beside fan-outs that do nothing. */
export function benchTick(size: TickSize) {
  return withWorld((world) => measureTicks(world, size));
}

async function measureTicks(world: BenchWorld, { wearers: count, idle, rounds }: TickSize) {
  const wearers = await makeWearers(world, count, 30);
  const [reader] = await makeWearers(world, 1, 30);
  if (reader === undefined) throw new Error('a patient of the bench is missing');
  await markRead(world.app.sql, [reader.id]);
  const bare = await startBareWorker(world, count);
  const pids = { ...world.pids, 'bare worker': bare.pid };
  const pages = { 'a page, fetched alone': await pageReads(world, reader) };
  const all: Record<string, Figures> = { ...(await inRounds(pages, { rounds, pids })) };
  try {
    Object.assign(
      all,
      await inRounds(
        {
          'hash loop': hashLoop,
          'patients with news': news(world, wearers),
          'bare fan-out': {
            work: () => poll(world.temporal, BARE_QUEUE).then(({ patients }) => patients['new data']),
          },
          'children with two activities': { work: () => twoActivities(world.temporal, count) },
        },
        { rounds, pids },
      ),
    );
  } finally {
    await bare.stop();
  }

  const megabytes: Record<string, number> = {};
  let made = 0;
  for (const size of idle) {
    await makeIdlePatients(world.app.sql, size - made);
    made = size;
    const among = size.toLocaleString('en');
    Object.assign(
      all,
      await inRounds(
        {
          [`idle patients, ${among}`]: { work: () => idleTick(world, size) },
          [`patients with news among ${among}`]: news(world, wearers),
        },
        { rounds, pids: world.pids },
      ),
    );
    megabytes[`worker after ${among} idle patients`] = memoryOf(world.pids.worker, 'VmRSS');
  }
  const page = cpuOf(all['a page, fetched alone']);
  return {
    unit: `a second: patients of ticks with ${count} wearers who have ${NEW_SAMPLES} new samples each, pages, hashes`,
    rates: all,
    ratios: {
      'news to bare fan-out': ratioOf(all, 'patients with news', 'bare fan-out'),
      'CPU of two activities to that of the bare fan-out':
        cpuOf(all['children with two activities']) / cpuOf(all['bare fan-out']),
      ...Object.fromEntries(
        idle.flatMap((size) => {
          const among = size.toLocaleString('en');
          return [
            [`CPU of a page to an idle patient of ${among}`, page / cpuOf(all[`idle patients, ${among}`])],
            [
              `news among ${among} to news alone`,
              ratioOf(all, `patients with news among ${among}`, 'patients with news'),
            ],
          ];
        }),
      ),
    },
    megabytes: { ...megabytes, ...peaksOf(world.pids) },
  };
}

/** A day of full pages of one patient, by our activities and without Temporal. */
async function pageReads(world: BenchWorld, { id, owUserId }: Wearer) {
  const end = Math.floor(Date.now() / 60_000) * 60_000 - 2 * DAY_MS;
  const span = { from: new Date(end - 5 * DAY_MS).toISOString(), to: new Date(end).toISOString() };
  const samples = samplesOf(span);
  await world.openWearables.addSamples(owUserId, samples);
  return {
    ready: () => forget(world.app.sql),
    async work() {
      await readAlone(world, id, span);
      return samples.length / PAGE;
    },
  };
}

/** When rings measured last: each round measures after the one before, however fast they follow each other. */
let newest = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;

/** Everybody who wears a ring has a few new samples and is due; one tick stores them all. */
function news({ app, openWearables, temporal }: BenchWorld, wearers: readonly Wearer[]) {
  let before = 0;
  return {
    async ready() {
      newest += NEW_SAMPLES * 1000;
      const samples = Array.from({ length: NEW_SAMPLES }, (_, index) => ({
        ...{ type: 'heart_rate', timestamp: new Date(newest - index * 1000), value: 60 + index },
      }));
      for (const { owUserId } of wearers) await openWearables.addSamples(owUserId, samples);
      await openWearables.forgetRequests();
      await app.sql`
        insert into due_patients (patient_id, reason)
        select id, 'webhook' from unnest(${wearers.map(({ id }) => id)}::integer[]) id on conflict do nothing`;
      before = await observationsIn(app.sql);
    },
    async work() {
      return (await poll(temporal, app.config.TEMPORAL_TASK_QUEUE)).patients['new data'];
    },
    async check() {
      const stored = (await observationsIn(app.sql)) - before;
      if (stored !== NEW_SAMPLES * wearers.length) throw new Error(`a tick stored ${stored} new samples`);
    },
  };
}

async function idleTick({ app, temporal }: BenchWorld, idle: number): Promise<number> {
  const { patients } = await poll(temporal, app.config.TEMPORAL_TASK_QUEUE);
  const read = Object.values(patients).reduce((sum, each) => sum + each, 0);
  if (read > 0) throw new Error(`${read} patients were read although nothing was new`);
  return idle;
}

let polls = 0;

async function poll(temporal: Client, taskQueue: string): Promise<PollResult> {
  polls += 1;
  const workflowId = `ow-poll-bench-${polls}`;
  return temporal.workflow.execute<() => Promise<PollResult>>('poll', { taskQueue, workflowId });
}

async function twoActivities(temporal: Client, patients: number): Promise<number> {
  polls += 1;
  const workflowId = `two-activities-${polls}`;
  return temporal.workflow.execute<(patients: number) => Promise<number>>('twoActivitiesEach', {
    ...{ taskQueue: BARE_QUEUE, workflowId, args: [patients] },
  });
}

async function startBareWorker({ app }: BenchWorld, patients: number) {
  const child = fork(
    fileURLToPath(new URL('./bare-worker-process.ts', import.meta.url)),
    [app.config.TEMPORAL_ADDRESS, BARE_QUEUE, String(patients)],
    { execArgv: ['--import', 'tsx'] },
  );
  await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
