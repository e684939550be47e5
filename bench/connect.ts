import { requestHistory } from '../src/backfills.js';
import { ids, requestBackfillSignal } from '../src/workflows/contract.js';
import { inPool } from '../src/workflows/pool.js';
import { readAlone } from './alone.js';
import { BARE_QUEUE, startBareWorker } from './bare-worker.js';
import { bareInserts, hashLoop } from './calibration.js';
import { DAY_MS, forget, MINUTE_MS, requireHistories, samplesOf, type Span } from './histories.js';
import { measuredBy } from './measured.js';
import { makeWearers, type Wearer } from './patients.js';
import { growthWhile, peaksOf } from './processes.js';
import { inRounds, medianOf, ratioOf, ratioToSum, type Piece } from './rounds.js';
import { withSecondWorker } from './second-worker.js';
import { withWorld, type BenchWorld } from './world.js';

/** More than fill the cores. */
const AT_ONCE = 100;
/** Ends of so many runs are waited for at once: it costs Temporal as much for bare ones. */
const WAITED_FOR = 16;

export interface ConnectSize {
  /** Who connects a ring in the same moment. */
  readonly connected: number;
  readonly rounds: number;
}

/**
 * Many connect at once, a day of each is read back: through Temporal, by one worker and by two, by the same activities
 * without it, and the same workflows with activities that do nothing.
 */
export function benchConnect(size: ConnectSize) {
  return withWorld((world) => measureConnects(world, size));
}

async function measureConnects(world: BenchWorld, { connected, rounds }: ConnectSize) {
  const { sql } = world.app;
  const end = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const span = { from: new Date(end - DAY_MS).toISOString(), to: new Date(end).toISOString() };
  const samples = samplesOf(span);
  const wearers = await makeWearers(world, connected, 2);
  const [first] = wearers;
  if (first === undefined) throw new Error('somebody has to connect');
  for (const { owUserId } of wearers) await world.openWearables.addSamples(owUserId, samples);
  const rows = connected * samples.length;
  const isLong = connected > 1_000;

  const reads = (work: () => Promise<unknown>): Piece => ({
    ready: () => Promise.all([forget(sql), world.openWearables.forgetRequests()]),
    check: () => requireHistories(sql, connected, samples),
    work: () => work().then(() => rows),
  });
  const growths: number[] = [];
  const throughTemporal = () => readThroughTemporal(world, wearers, span);
  const bare = await startBareWorker(world, connected);
  const pids = { ...world.pids, 'bare worker': bare.pid };
  const rates = await inRounds(
    {
      'hash loop': hashLoop,
      'bare inserts': await bareInserts(sql, await measuredBy(world, first, span)),
      'bare fan-out': { work: () => fanOut(world, wearers, span).then(() => rows) },
      'without Temporal': reads(() => inPool(wearers, AT_ONCE, ({ id }) => readAlone(world, id, span))),
      'through Temporal': reads(async () =>
        growths.push(await growthWhile(world.pids.worker, throughTemporal)),
      ),
      'through Temporal, two workers': withSecondWorker(world, pids, reads(throughTemporal)),
    },
    { rounds, pids, isLong },
  ).finally(() => bare.stop());
  return {
    unit: `observations a second, a day of ${connected.toLocaleString('en')} patients at once, ${rows} rows`,
    rates,
    ratios: {
      'through Temporal to without': ratioOf(rates, 'through Temporal', 'without Temporal'),
      'through Temporal to bare fan-out': ratioOf(rates, 'through Temporal', 'bare fan-out'),
      'through Temporal to the smaller of both': ratioOf(
        rates,
        ...(['through Temporal', 'without Temporal', 'bare fan-out'] as const),
      ),
      // On cores that are all busy, a read costs what it costs alone and what its bare run costs.
      'through Temporal to both, one after the other': ratioToSum(
        rates,
        ...(['through Temporal', 'without Temporal', 'bare fan-out'] as const),
      ),
      'two workers to one': ratioOf(rates, 'through Temporal, two workers', 'through Temporal'),
    },
    megabytes: { 'worker grew by': medianOf(growths.slice(-rounds)), ...peaksOf(world.pids) },
  };
}

/** Everybody asks at once, as at the end of onboarding; done when all runs have ended. */
async function readThroughTemporal({ app, temporal }: BenchWorld, wearers: readonly Wearer[], span: Span) {
  await inPool(wearers, AT_ONCE, ({ id }) => requestHistory(app, id, span));
  await inPool(wearers, WAITED_FOR, async ({ id }) => {
    await temporal.workflow.getHandle(ids.backfill(id)).result();
  });
}

/** The same runs, begun and waited for in the same way, at a worker that reads nothing. */
async function fanOut({ temporal }: BenchWorld, wearers: readonly Wearer[], span: Span) {
  const idOf = (id: number) => `bare/${ids.backfill(id)}`;
  await inPool(wearers, AT_ONCE, async ({ id }) => {
    await temporal.workflow.signalWithStart('backfill', {
      ...{ taskQueue: BARE_QUEUE, workflowId: idOf(id), args: [{ patientId: id, version: 3 }] },
      ...{ signal: requestBackfillSignal, signalArgs: [{ ...span, requestId: id }] },
      ...{ staticSummary: 'Read the history back', priority: { priorityKey: 5 } },
    });
  });
  await inPool(wearers, WAITED_FOR, async ({ id }) => {
    await temporal.workflow.getHandle(idOf(id)).result();
  });
}
