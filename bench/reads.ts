import { readAlone } from './alone.js';
import { openApiClient, type ApiClient } from './api-client.js';
import { historyEndingNow, readThroughTemporal } from './history-reads.js';
import { observationsIn, samplesOf, type Span } from './histories.js';
import { timesOf } from './measure.js';
import { openLoop } from './open-loop.js';
import { makeWearers, type Wearer } from './patients.js';
import { peaksOf, spentOn } from './processes.js';
import { ofUnit } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

const PER_SECOND = 20;
/** The slowest of a hundred is told by six of them. */
const IDLE_MS = 30_000;
const PROMISED = 3;
const PAGE = 100;
/** Whose observations are read, and of how many days. */
const READ = { patients: 6, days: 14 };

const KINDS = ['search', 'read by id', 'patients', 'staff page'] as const;
type Kind = (typeof KINDS)[number];
type Times = Map<Kind, number[]>;

export interface ReadsSize {
  /** Of the histories that are read in while the API is asked. */
  readonly days: number;
  readonly wearers: number;
  readonly rounds: number;
}

/** What the API and the staff pages take at a fixed rate: while nothing else happens, and while histories come in at full speed. */
export function benchReads(size: ReadsSize) {
  return withWorld((world) => measureReads(world, size));
}

async function measureReads(world: BenchWorld, { days, wearers: count, rounds }: ReadsSize) {
  const addresses = await makeAddresses(world);
  const api = await openApiClient(world);
  const pids = { ...world.pids, API: api.pid };
  const idle: Times = new Map();
  const during: Times = new Map();
  const ingested: number[] = [];
  let units = 0;
  let cpuOfUnit: Record<string, number> = {};
  try {
    // The first ones warm up.
    await ask(api, addresses, (ms) => ms > IDLE_MS / 3);
    for (let round = 0; round < rounds; round += 1) {
      const span = historyEndingNow(days);
      // Before the idle reads: a clinic's lists are as long in both.
      const wearers = await makeWearers(world, count, days + 1);
      await place(world, wearers, span);
      add(idle, await ask(api, addresses, (ms) => ms > IDLE_MS));
      const { result, cpu } = await spentOn(pids, () => ingest(world, api, { addresses, wearers, span }));
      add(during, result.times);
      ingested.push(result.perSecond);
      units = result.rows;
      cpuOfUnit = ofUnit(cpu, units);
    }
  } finally {
    await api.close();
  }
  const timesIn = (times: Times, state: string) =>
    KINDS.map((kind) => [`${kind}, ${state}`, timesOf(times.get(kind) ?? [])] as const);
  const all = (times: Times) => timesOf([...times.values()].flat());
  const { median } = timesOf(ingested);
  return {
    unit: `ms, ${PER_SECOND} requests a second, from the moment each was to be sent; ${units} observations come in meanwhile`,
    rates: {
      ...{ 'all, idle': all(idle), 'all, during ingestion': all(during) },
      ...Object.fromEntries([...timesIn(idle, 'idle'), ...timesIn(during, 'during ingestion')]),
      'observations ingested a second': { median, perSecond: ingested, cpuOfUnit },
    },
    ratios: {
      'promised to p99 during ingestion': (PROMISED * all(idle).p99) / all(during).p99,
      'p99 during ingestion to idle': all(during).p99 / all(idle).p99,
    },
    megabytes: peaksOf(pids),
  };
}

function ask(api: ApiClient, addresses: Record<Kind, string[]>, isOver: (ms: number) => boolean) {
  const one = (kind: Kind, number: number) =>
    api.read(addresses[kind][number % addresses[kind].length] ?? '');
  return openLoop(KINDS, PER_SECOND, one, isOver);
}

function add(all: Times, more: ReadonlyMap<Kind, readonly number[]>): void {
  for (const [kind, times] of more) all.set(kind, [...(all.get(kind) ?? []), ...times]);
}

interface Ingestion {
  readonly addresses: Record<Kind, string[]>;
  readonly wearers: readonly Wearer[];
  readonly span: Span;
}

/** Histories of new patients, all at once, and what is asked until they are there. */
async function ingest(world: BenchWorld, api: ApiClient, { addresses, wearers, span }: Ingestion) {
  const before = await observationsIn(world.app.sql);
  let isRead = false;
  const began = performance.now();
  const reading = Promise.all(wearers.map(({ id }) => readThroughTemporal(world, id, span))).then(() => {
    isRead = true;
    return performance.now() - began;
  });
  const [times, milliseconds] = await Promise.all([ask(api, addresses, () => isRead), reading]);
  const rows = (await observationsIn(world.app.sql)) - before;
  if (rows !== wearers.length * samplesOf(span).length) throw new Error(`${rows} observations came in`);
  return { times, rows, perSecond: (rows * 1000) / milliseconds };
}

async function makeAddresses(world: BenchWorld): Promise<Record<Kind, string[]>> {
  const span = historyEndingNow(READ.days);
  const wearers = await makeWearers(world, READ.patients, READ.days + 1);
  await place(world, wearers, span);
  for (const { id } of wearers) await readAlone(world, id, span);
  const some = await world.app.sql<
    { id: number }[]
  >`select id from observations order by identifier limit 100`;
  return {
    search: wearers.map(
      ({ id }) => `/FHIR/R5/Observation?patient=${id}&code=omh:heart-rate:2.0&_count=${PAGE}`,
    ),
    'read by id': some.map(({ id }) => `/FHIR/R5/Observation/${id}`),
    patients: ['/api/v1/patients'],
    'staff page': ['/admin/patients'],
  };
}

async function place({ openWearables }: BenchWorld, wearers: readonly Wearer[], span: Span): Promise<void> {
  for (const { owUserId } of wearers) await openWearables.addSamples(owUserId, samplesOf(span));
}
