import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { STUDY } from '../dev/journey/stage.js';
import { startPostgres } from '../dev/servers/postgres.js';
import { eraseObservations } from '../src/db/erased-tables.js';
import { migrate } from '../src/db/migrate.js';
import { migrationsFolder } from '../src/db/migrations-folder.js';
import { type PageWrite, storePage } from '../src/db/pages.js';
import { type Read, readObservations } from '../src/db/readable-observations.js';
import { seed } from '../src/db/seed/seed.js';
import { only, openDatabase, type Sql } from '../src/db/sql.js';
import type { Measurement } from '../src/omh/measurement.js';
import { type Layout, layoutNamed, layOut, rewritten } from './partition-layouts.js';
import { DAYS, fill, newMeasurements, patientsOf, storedMeasurements } from './partition-rows.js';
import { makePatients } from './patients.js';
import { type Times, timesOf } from './measure.js';
import { cpuSecondsOf } from './processes.js';

const PAGE = 100;
const FHIR_PAGE = 1000;
const SETTINGS = [
  ...['wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB', 'autovacuum=off'],
  ...['shared_buffers=2GB', 'maintenance_work_mem=1GB', 'max_parallel_maintenance_workers=1', 'jit=off'],
];
const READER = { kind: 'practitioner', organizationIds: [STUDY.organizationId] } as const;

export interface PartitionSize {
  readonly rows: number;
  readonly layouts: readonly string[];
}

/**
 * The same two years of observations in a plain table and in partitioned ones: what writing, reading and erasing costs
 * by the product's own statements. One layout after the other; the disk holds one at a time.
 */
export async function benchPartitions({ rows, layouts }: PartitionSize) {
  const found: Record<string, Awaited<ReturnType<typeof measureLayout>>> = {};
  for (const name of layouts) found[name] = await measureLayout(name, rows);
  const each = <Value>(pick: (layout: (typeof found)[string]) => Readonly<Record<string, Value>>) =>
    Object.fromEntries(
      Object.entries(found).flatMap(([name, layout]) =>
        Object.entries(pick(layout)).map(([what, value]) => [`${name}: ${what}`, value]),
      ),
    );
  return {
    unit: `ms of a piece of work among ${rows.toLocaleString('en')} observations; blocks looked at beside it`,
    rates: each(({ rates }) => rates),
    ratios: each(({ blocks }) => blocks),
    megabytes: each(({ megabytes }) => megabytes),
  };
}

async function measureLayout(name: string, rows: number) {
  const say = (line: string) => void process.stderr.write(`${new Date().toISOString()} ${name}: ${line}\n`);
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  const dataDir = path.join(home, 'postgres');
  const postgres = await startPostgres({
    dataDir,
    persistent: false,
    settings: SETTINGS,
    say: () => undefined,
  });
  try {
    const layout = layoutNamed(name);
    const patients = await makeTable(postgres.url, layout, rows, say);
    const sql = openDatabase(postgres.url, 1);
    try {
      return await measureAll(sql, layout, patients, { pid: postgres.pid ?? 0, say });
    } finally {
      await sql.end();
    }
  } finally {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function makeTable(
  url: string,
  layout: Layout,
  rows: number,
  say: (line: string) => void,
): Promise<readonly number[]> {
  const sql = openDatabase(url, 1);
  // No foreign key is checked and no trigger runs while the table is filled.
  const filling = openDatabase(`${url}?session_replication_role=replica`, 1);
  try {
    await migrate(sql, migrationsFolder());
    await seed(sql, { siteUrl: 'http://localhost:8001', passwordHash: 'nobody signs in' });
    const patients = await makePatients(sql, patientsOf(rows), DAYS + 30);
    const indexes = await layOut(filling, layout);
    const began = performance.now();
    await fill(filling, patients);
    say(`filled: ${Math.round((performance.now() - began) / 1000)} s`);
    await indexes.build(say);
    return patients;
  } finally {
    await filling.end();
    await sql.end();
  }
}

interface Watched {
  readonly pid: number;
  readonly say: (line: string) => void;
}

async function measureAll(plainSql: Sql, layout: Layout, patients: readonly number[], watched: Watched) {
  const product = rewritten(plainSql, layout.rewrites);
  const { sql } = product;
  const rates: Record<string, Times & { readonly cpuOfUnit?: Readonly<Record<string, number>> }> = {};
  const blocks: Record<string, number> = {};
  const measure = async (what: string, times: number, work: (patientId: number) => Promise<Work>) => {
    const milliseconds: number[] = [];
    let [read, cpu] = [0, 0];
    for (let round = 0; round < times; round += 1) {
      // Far from each other, so that nobody's rows lie in memory because of the one before.
      const { run, check } = await work(patients[(round * 7919) % patients.length] ?? 0);
      const [readBefore, cpuBefore] = [await blocksOf(plainSql), cpuSecondsOf(watched.pid)];
      const began = performance.now();
      const done = await run();
      milliseconds.push(performance.now() - began);
      cpu += cpuSecondsOf(watched.pid) - cpuBefore;
      read += (await blocksOf(plainSql)) - readBefore;
      if (!check(done)) throw new Error(`${what} was not done: ${JSON.stringify(done)}`);
    }
    rates[what] = { ...timesOf(milliseconds), cpuOfUnit: { Postgres: cpu / times } };
    blocks[`${what}, blocks`] = read / times;
    const { median, p95 } = timesOf(milliseconds);
    watched.say(
      `${what}: ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${Math.round(read / times)} blocks`,
    );
  };

  rates['vacuum of what was filled'] = await once(() => plainSql`vacuum observations`);
  rates['analyze'] = await once(() => plainSql`analyze observations`);
  const megabytes = await sizesOf(plainSql);

  const page = (measurements: readonly Measurement[]) => (patientId: number) =>
    storePage(sql, pageOf(patientId, measurements));
  const news = (count: number, daysAgo: number) => (patientId: number) => {
    const measurements = newMeasurements(count, daysAgo);
    return Promise.resolve(
      workOf(
        () => page(measurements)(patientId),
        (done) => done.created === count,
      ),
    );
  };
  const known = (correction: number) => async (patientId: number) => {
    const measurements = await storedMeasurements(plainSql, patientId, PAGE, correction);
    const isRight = (done: { amended: number; unchanged: number }) =>
      (correction === 0 ? done.unchanged : done.amended) === PAGE;
    return workOf(() => page(measurements)(patientId), isRight);
  };
  const search = (read: Partial<Read>, least: number) => (patientId: number) =>
    Promise.resolve(
      workOf(
        () => readObservations(sql, READER, { patientId, limit: FHIR_PAGE, ...read }),
        (found) => found.length >= least,
      ),
    );
  const heartRate = [{ system: null, code: 'omh:heart-rate:2.0' }];
  const since = new Date(Date.now() - 60 * 86_400_000).toISOString();

  await measure('3 new samples', 200, news(3, 0));
  await measure('page of new samples', 200, news(PAGE, 0));
  await measure('page that is known', 200, known(0));
  await measure('page of an old window', 200, news(PAGE, DAYS - 20));
  const ofMonths = { codes: heartRate, measured: [{ from: since }] };
  await measure('search: patient, code and date', 100, search(ofMonths, FHIR_PAGE));
  await measure('search: patient', 100, search({}, FHIR_PAGE));
  const changed = { by: 'updated', direction: 'newest first' } as const;
  await measure('search: patient, last changed', 100, search({ order: changed }, FHIR_PAGE));
  const ofStudy = { studyId: STUDY.studyId, limit: FHIR_PAGE };
  await measure('search: study', 5, () =>
    Promise.resolve(
      workOf(
        () => readObservations(sql, READER, ofStudy),
        ({ length }) => length === FHIR_PAGE,
      ),
    ),
  );
  await measure('page of corrections', 100, known(1));
  await measure('erasure of a patient', 3, (patientId) =>
    Promise.resolve(
      workOf(
        () => erase(sql, patientId),
        (gone) => gone > DAYS,
      ),
    ),
  );
  rates['vacuum after it'] = await once(() => plainSql`vacuum observations`);
  product.done();
  return { rates, blocks, megabytes };
}

interface Work {
  readonly run: () => Promise<unknown>;
  readonly check: (done: unknown) => boolean;
}

function workOf<Done>(run: () => Promise<Done>, check: (done: Done) => boolean): Work {
  return { run, check: (done) => check(done as Done) };
}

async function once(work: () => Promise<unknown>) {
  const began = performance.now();
  await work();
  const milliseconds = performance.now() - began;
  return timesOf([milliseconds]);
}

function pageOf(patientId: number, measurements: readonly Measurement[]): PageWrite {
  return { patientId, identifierSystem: 'ow:normalized', measurements, refusals: [], coverage: [] };
}

async function erase(sql: Sql, patientId: number): Promise<number> {
  let gone = 0;
  for (let rows = -1; rows !== 0; gone += rows)
    rows = await eraseObservations(sql, { patientId, erasureId: 0 }, 2_000);
  return gone;
}

async function blocksOf(sql: Sql): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  await sql`select pg_stat_clear_snapshot()`;
  return only(
    await sql<{ blocks: number }[]>`
      select blks_hit + blks_read as blocks from pg_stat_database where datname = current_database()`,
  ).blocks;
}

/** Of the table and of each of its indexes, all partitions together. */
async function sizesOf(sql: Sql): Promise<Record<string, number>> {
  const sizes = await sql<{ what: string; megabytes: number }[]>`
    with tables as (
      select relid from pg_partition_tree('observations') where isleaf
      union select oid from pg_class where oid = 'observations'::regclass and relkind = 'r'
    ), columns as (
      select i.indexrelid, string_agg(a.attname, ', ' order by a.attnum) as names
      from pg_index i join tables t on t.relid = i.indrelid join pg_attribute a on a.attrelid = i.indexrelid group by 1
    )
    select 'rows' as what, sum(pg_relation_size(relid)) / 1048576.0::float8 as megabytes from tables
    union all
    select 'index on ' || names, sum(pg_relation_size(indexrelid)) / 1048576.0::float8 from columns group by names`;
  return Object.fromEntries(sizes.map(({ what, megabytes }) => [what, megabytes]));
}
