import { convertSamples } from '../src/activities/page.js';
import { requestHistory } from '../src/backfills.js';
import { storePage } from '../src/db/pages.js';
import { findPatient } from '../src/db/patients.js';
import type { Sql } from '../src/db/sql.js';
import { isRejected } from '../src/omh/convert.js';
import type { Measurement } from '../src/omh/measurement.js';
import { dataTypesOfSeries } from '../src/omh/registry.js';
import { ids } from '../src/workflows/contract.js';
import { readAlone } from './alone.js';
import { bareInserts, hashLoop } from './calibration.js';
import { DAY_MS, forget, MINUTE_MS, samplesOf, type Span } from './histories.js';
import { makeWearers, RHYTHM, type Wearer } from './patients.js';
import { peaksOf } from './processes.js';
import { inRounds, ratioOf } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

export interface BackfillSize {
  readonly days: number;
  readonly patients: number;
  readonly rounds: number;
}

type Pages = readonly (readonly Measurement[])[];

/** A history of three types: through Temporal, by the same activities without it, and the bare upsert of its rows. */
export function benchBackfill(size: BackfillSize) {
  return withWorld((world) => measureBackfill(world, size));
}

async function measureBackfill(world: BenchWorld, { days, patients, rounds }: BackfillSize) {
  const { sql } = world.app;
  const end = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const span = { from: new Date(end - days * DAY_MS).toISOString(), to: new Date(end).toISOString() };
  const wearers = await makeWearers(world, patients, days + 1);
  for (const { owUserId } of wearers) await world.openWearables.addSamples(owUserId, samplesOf(span));
  const pages = new Map<Wearer, Pages>();
  for (const wearer of wearers) pages.set(wearer, await measuredBy(world, wearer, span));
  const all = [...pages.values()].flat();
  const rows = all.reduce((sum, page) => sum + page.length, 0);
  if (rows !== patients * samplesOf(span).length)
    throw new Error('Open Wearables shows less than was placed');

  /** All patients at once, into empty tables; afterwards every row is there, once. */
  const reads = (each: (wearer: Wearer) => Promise<unknown>) => ({
    ready: () => forget(sql),
    check: () => requireAll(sql, all),
    work: async () => {
      await Promise.all(wearers.map(each));
      return rows;
    },
  });
  const pieces = {
    'hash loop': hashLoop,
    'bare inserts': await bareInserts(sql, all),
    'bare upsert': reads((wearer) => upsert(sql, wearer, pages.get(wearer) ?? [])),
    'without Temporal': reads(({ id }) => readAlone(world, id, span)),
    'through Temporal': reads(({ id }) => readThroughTemporal(world, id, span)),
  };
  const rates = await inRounds(pieces, { rounds, pids: world.pids });
  return {
    unit: `observations a second, ${days} days of ${patients} patients, ${rows} rows`,
    rates,
    ratios: {
      'through Temporal to bare upsert': ratioOf(rates, 'through Temporal', 'bare upsert'),
      'through Temporal to without': ratioOf(rates, 'through Temporal', 'without Temporal'),
    },
    megabytes: peaksOf(world.pids),
  };
}

/** What the pages of the whole span are converted to. */
async function measuredBy({ app }: BenchWorld, { id, owUserId }: Wearer, { from, to }: Span): Promise<Pages> {
  const ow = await app.openWearables();
  const patient = await findPatient(app.sql, id);
  if (patient === undefined) throw new Error('a patient of the bench is missing');
  const series = Object.keys(RHYTHM);
  const dataTypes = series.flatMap((name) => dataTypesOfSeries(name).slice(0, 1));
  const pages: Measurement[][] = [];
  for (let cursor: string | null = null; ;) {
    const { data, pagination } = await ow.samples({
      ...{ owUserId, series, from, to, cursor, signal: AbortSignal.timeout(60_000) },
    });
    const { attempts } = convertSamples(data, patient, dataTypes);
    pages.push(attempts.flatMap(({ outcome }) => (isRejected(outcome) ? [] : [outcome])));
    cursor = pagination.has_more ? (pagination.next_cursor ?? null) : null;
    if (cursor === null) return pages;
  }
}

async function upsert(sql: Sql, { id: patientId }: Wearer, pages: Pages): Promise<void> {
  for (const measurements of pages)
    await storePage(sql, {
      ...{ patientId, identifierSystem: 'ow:normalized', measurements, refusals: [], coverage: [] },
    });
}

async function readThroughTemporal({ app, temporal }: BenchWorld, id: number, span: Span): Promise<void> {
  await requestHistory(app, id, span);
  await temporal.workflow.getHandle(ids.backfill(id)).result();
}

async function requireAll(sql: Sql, pages: Pages): Promise<void> {
  const expected = new Map(pages.flat().map(({ identifier, value }) => [identifier, value]));
  const rows = await sql<{ identifier: string; value: number }[]>`select identifier, value from observations`;
  const right = rows.filter(({ identifier, value }) => expected.get(identifier) === value);
  if (
    rows.length !== expected.size ||
    new Set(right.map(({ identifier }) => identifier)).size !== rows.length
  )
    throw new Error(
      `${expected.size} observations were to be stored; ${rows.length} are there, ${right.length} right`,
    );
}
