import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { benchAudit } from './audit.js';
import { benchBackfill } from './backfill.js';
import { shortfalls, type Baseline } from './baseline.js';
import { benchCold } from './cold.js';
import { benchConnect } from './connect.js';
import { benchConvert } from './convert.js';
import { benchCorrections } from './corrections.js';
import { benchLatency } from './latency.js';
import { benchPages } from './pages.js';
import { benchPartitions } from './partitions.js';
import { benchReads } from './reads.js';
import { told, type BenchResult } from './report.js';
import { benchSearch } from './search.js';
import { benchSlow } from './slow.js';
import { benchTemporal } from './temporal.js';
import { benchTick } from './tick.js';
import { benchUnits } from './units.js';
import { benchWorkers } from './workers.js';

interface Sizes {
  readonly rows: number;
  readonly days: number;
  readonly patients: number;
  readonly connected: number;
  readonly wearers: number;
  readonly idle: readonly number[];
  readonly layouts: readonly string[];
  readonly news: number;
  readonly rounds: number;
}

const benches: Readonly<Record<string, (sizes: Sizes) => BenchResult | Promise<BenchResult>>> = {
  audit: benchAudit,
  backfill: benchBackfill,
  cold: benchCold,
  connect: benchConnect,
  convert: benchConvert,
  corrections: benchCorrections,
  latency: benchLatency,
  pages: benchPages,
  partitions: benchPartitions,
  reads: benchReads,
  search: benchSearch,
  slow: benchSlow,
  temporal: benchTemporal,
  tick: benchTick,
  units: benchUnits,
  workers: benchWorkers,
};
const BASELINE = new URL('./baseline.json', import.meta.url);
/** Small enough for every check of a clone; these run when none is named. */
const SMALL = {
  names: ['backfill', 'convert', 'latency', 'search', 'temporal', 'tick'],
  ...{ rows: 100_000, days: 7, patients: 1, connected: 20, wearers: 50, idle: '1000', news: 20, rounds: 3 },
};
const LARGE = {
  ...{
    rows: 10_000_000,
    days: 90,
    patients: 1,
    connected: 100,
    wearers: 100,
    idle: '1000,10000,100000',
    news: 200,
    rounds: 5,
  },
};

/**
 * `npm run bench -- [name] [--json FILE] [--runs N] [--rows N] [--days N] [--patients N] [--wearers N] [--idle N,N,N]
 * [--layouts NAME,NAME] [--news N]`:
 * runs benches, or small forms of those that take seconds when none is named; tells their figures, and writes all of them
 * as JSON. Exit code 1: a small form whose work was right is slower, against the limits of the same run, than
 * `bench/baseline.json` allows.
 */
async function main(): Promise<void> {
  const { positionals: names, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      runs: { type: 'string' },
      rows: { type: 'string' },
      days: { type: 'string' },
      patients: { type: 'string' },
      wearers: { type: 'string' },
      idle: { type: 'string' },
      layouts: { type: 'string', default: 'plain,hash,range' },
      news: { type: 'string' },
    },
  });
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(', ')}`);
  const usual = names.length === 0 ? SMALL : LARGE;
  const size = (asked: string | undefined, otherwise: number) => Number(asked ?? otherwise);
  const sizes = {
    rows: size(values.rows, usual.rows),
    days: size(values.days, usual.days),
    patients: size(values.patients, usual.patients),
    connected: size(values.patients, usual.connected),
    wearers: size(values.wearers, usual.wearers),
    idle: (values.idle ?? usual.idle).split(',').map(Number),
    layouts: values.layouts.split(','),
    news: size(values.news, usual.news),
    rounds: size(values.runs, usual.rounds),
  };
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const machine = {
    ...{ cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, node: process.version },
    ...{ megabytes: Math.round(os.totalmem() / 2 ** 20), load: os.loadavg()[0] ?? 0, sizes },
  };
  say(
    `${machine.cores} cores of ${machine.cpu}, ${machine.megabytes} MB, Node ${machine.node}, load ${machine.load}`,
  );
  const results: Record<string, BenchResult> = {};
  for (const name of names.length === 0 ? SMALL.names : names) {
    const result = await benches[name]?.(sizes);
    if (result === undefined) continue;
    results[name] = result;
    say(told(name, result));
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
  if (names.length > 0) return;
  const stored = JSON.parse(readFileSync(BASELINE, 'utf8')) as Baseline;
  const slow = shortfalls(stored, results);
  for (const shortfall of slow) say(shortfall);
  if (slow.length > 0) process.exitCode = 1;
}

await main();
