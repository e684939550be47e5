import type { Client } from '@temporalio/client';
import type { PollResult } from '../src/workflows/contract.js';
import { BARE_QUEUE, startBareWorker } from './bare-worker.js';
import type { twoActivitiesEach } from './fan-out.js';
import { hashLoop } from './calibration.js';
import { observationsIn } from './histories.js';
import { idleTick, placeNews, tick } from './news.js';
import { pageReads } from './page-reads.js';
import { makeIdlePatients, makeWearers, markRead, type Wearer } from './patients.js';
import { memoryOf, peaksOf } from './processes.js';
import { cpuOf, inRounds, ratioOf, type Figures } from './rounds.js';
import { withSecondWorker } from './second-worker.js';
import { withWorld, type BenchWorld } from './world.js';

const NEW_SAMPLES = 3;
const BATCH = 25;
const TWO_WORKERS = 'patients with news, two workers';

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
          [TWO_WORKERS]: withSecondWorker(world, pids, news(world, wearers)),
          'patients with news, read together': news(world, wearers, BATCH),
          'bare fan-out': { work: () => bareFanOut(world.temporal) },
          'children with two activities': { work: () => twoActivities(world.temporal, count, false) },
          'findable children with two activities': { work: () => twoActivities(world.temporal, count, true) },
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
      'CPU of two activities, as findable, to that of the bare fan-out':
        cpuOf(all['findable children with two activities']) / cpuOf(all['bare fan-out']),
      'CPU of news to that of news read together':
        cpuOf(all['patients with news']) / cpuOf(all['patients with news, read together']),
      'two workers to one': ratioOf(all, TWO_WORKERS, 'patients with news'),
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

/** Everybody who wears a ring has a few new samples and is due; one tick stores them all. `batch`: so many in one step. */
function news(world: BenchWorld, wearers: readonly Wearer[], batch = 0) {
  const { app } = world;
  let before = 0;
  return {
    async ready() {
      await app.settings.write('ow.poll_batch', String(batch), null);
      await placeNews(world, wearers, NEW_SAMPLES);
      before = await observationsIn(app.sql);
    },
    async work() {
      return (await tick(world)).result.patients['new data'];
    },
    async check() {
      const stored = (await observationsIn(app.sql)) - before;
      if (stored !== NEW_SAMPLES * wearers.length) throw new Error(`a tick stored ${stored} new samples`);
    },
  };
}

let runs = 0;

async function bareFanOut(temporal: Client): Promise<number> {
  runs += 1;
  const { patients } = await temporal.workflow.execute<() => Promise<PollResult>>('poll', {
    ...{ taskQueue: BARE_QUEUE, workflowId: `bare-poll-${runs}` },
  });
  return patients['new data'];
}

async function twoActivities(temporal: Client, patients: number, isFindable: boolean): Promise<number> {
  runs += 1;
  const workflowId = `two-activities-${runs}`;
  return temporal.workflow.execute<typeof twoActivitiesEach>('twoActivitiesEach', {
    ...{ taskQueue: BARE_QUEUE, workflowId, args: [patients, isFindable] },
  });
}
