import { randomUUID } from 'node:crypto';
import { storePage } from '../src/db/pages.js';
import type { Sql } from '../src/db/sql.js';
import { readAlone } from './alone.js';
import { bareInserts, hashLoop } from './calibration.js';
import { forget, requireHistories, samplesOf } from './histories.js';
import { historyEndingNow, readThroughTemporal } from './history-reads.js';
import { measuredBy, type Pages } from './measured.js';
import { makeWearers, type Wearer } from './patients.js';
import { growthWhile, peaksOf } from './processes.js';
import { inRounds, medianOf, ratioOf } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

export interface BackfillSize {
  readonly days: number;
  readonly patients: number;
  readonly rounds: number;
}

/** What a worker may grow by. */
const GROWTH_MB = 40;
/** So many rows warm up by themselves. */
const LONG = 500_000;

/** A history of three types: through Temporal, by the same activities without it, and the bare upsert of its rows. */
export function benchBackfill(size: BackfillSize) {
  return withWorld((world) => measureBackfill(world, size));
}

async function measureBackfill(world: BenchWorld, { days, patients, rounds }: BackfillSize) {
  const { sql } = world.app;
  const span = historyEndingNow(days);
  const wearers = await makeWearers(world, patients, days + 1);
  const [first] = wearers;
  if (first === undefined) throw new Error('a backfill is of somebody');
  const samples = samplesOf(span);
  for (const { owUserId } of wearers) await world.openWearables.addSamples(owUserId, samples);
  const pages = await measuredBy(world, first, span);
  const rows = patients * samples.length;

  /** All patients at once, into empty tables; afterwards every row is there, once. */
  const reads = (each: (wearer: Wearer) => Promise<unknown>) => ({
    ready: () => forget(sql),
    check: () => requireHistories(sql, patients, samples),
    work: async () => {
      await Promise.all(wearers.map(each));
      return rows;
    },
  });
  const throughTemporal = reads(({ id }) => readThroughTemporal(world, id, span));
  const growths: number[] = [];
  const pieces = {
    'hash loop': hashLoop,
    'bare inserts': await bareInserts(sql, pages),
    'bare upsert': reads((wearer) => upsert(sql, wearer, pages)),
    'without Temporal': reads(({ id }) => readAlone(world, id, span)),
    'through Temporal': {
      ...throughTemporal,
      work: async () => {
        growths.push(await growthWhile(world.pids.worker, throughTemporal.work));
        return rows;
      },
    },
  };
  const rates = await inRounds(pieces, { rounds, pids: world.pids, isLong: rows > LONG });
  const growth = medianOf(growths.slice(-rounds));
  return {
    unit: `observations a second, ${days} days of ${patients} patients, ${rows} rows`,
    rates,
    ratios: {
      'through Temporal to bare upsert': ratioOf(rates, 'through Temporal', 'bare upsert'),
      'through Temporal to without': ratioOf(rates, 'through Temporal', 'without Temporal'),
      [`growth of the worker to ${GROWTH_MB} MB`]: growth / GROWTH_MB,
    },
    megabytes: { 'worker grew by': growth, ...peaksOf(world.pids) },
  };
}

/** The rows of one patient's pages, as if they were another one's. */
async function upsert(sql: Sql, { id: patientId }: Wearer, pages: Pages): Promise<void> {
  for (const page of pages) {
    const measurements = page.map((measurement) => ({ ...measurement, identifier: randomUUID() }));
    await storePage(sql, {
      ...{ patientId, identifierSystem: 'ow:normalized', measurements, refusals: [], coverage: [] },
    });
  }
}
