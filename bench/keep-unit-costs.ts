import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { z } from 'zod';
import { type Cpu, parseUnitCosts, UNIT_COSTS } from './simulation/unit-costs.js';

const rate = z.object({ median: z.number(), cpuOfUnit: z.record(z.string(), z.number()).optional() });
const result = z.object({
  rates: z.record(z.string(), rate),
  ratios: z.record(z.string(), z.number()),
  megabytes: z.record(z.string(), z.number()).optional(),
});
const file = z.object({
  machine: z.object({
    ...{ cpu: z.string(), cores: z.number(), node: z.string(), load: z.number() },
    sizes: z.object({ rows: z.number(), wearers: z.number(), idle: z.array(z.number()) }),
  }),
  results: z.object({ units: result.optional(), partitions: result.optional() }),
});
type Result = z.infer<typeof result>;
type Machine = z.infer<typeof file>['machine'];

/**
 * `npx tsx bench/keep-unit-costs.ts FILE...`: puts what `npm run bench -- units` and `npm run bench -- partitions` found,
 * with `--json FILE`, into `bench/unit-costs.json`. What no file tells stays as it is.
 */
async function main(): Promise<void> {
  const before = JSON.parse(readFileSync(UNIT_COSTS, 'utf8')) as { readonly from: readonly string[] };
  let costs: Record<string, unknown> = { ...before };
  let { from } = before;
  for (const name of process.argv.slice(2)) {
    const { machine, results } = file.parse(JSON.parse(readFileSync(name, 'utf8')));
    const { units, partitions } = results;
    if (units !== undefined) costs = { ...costs, ...ofUnits(units, machine.sizes.idle, machine.cores) };
    if (partitions !== undefined) costs = { ...costs, row: ofARow(partitions, machine.sizes.rows) };
    for (const bench of Object.keys(results))
      from = [...from.filter((line) => !line.startsWith(commandOf(bench))), told(bench, machine)];
  }
  const rounded = (_name: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(3)) : value;
  const text = JSON.stringify({ ...parseUnitCosts(costs), from }, rounded);
  writeFileSync(UNIT_COSTS, await format(text, { parser: 'json', printWidth: 110 }));
}

const commandOf = (bench: string) => `npm run bench -- ${bench}`;

function told(bench: string, { cpu, cores, node, load, sizes }: Machine): string {
  const size =
    bench === 'units' ? `--wearers ${sizes.wearers} --idle ${sizes.idle.join(',')}` : `--rows ${sizes.rows}`;
  return `${commandOf(bench)} ${size}; ${cores} cores of ${cpu}, Node ${node}, load ${load.toFixed(1)} at its begin`;
}

function ofUnits({ rates, ratios, megabytes = {} }: Result, sizes: readonly number[], cores: number) {
  const newPage = {
    ...cpuOf(rates, 'a page, fetched alone'),
    worker: cpuOf(rates, 'a page, fetched alone').bench,
  };
  const [silent, known] = [cpuOf(rates, 'polls of a silent day'), cpuOf(rates, 'polls of a known day')];
  const further = (ratios['pages of a known day'] ?? 1) - 1;
  const each = (cost: (process: keyof Cpu) => number) => ({
    ...{ worker: cost('worker'), temporal: cost('temporal'), postgres: cost('postgres') },
  });
  const ticks = sizes.map((size) => {
    const name = `idle patients, ${size.toLocaleString('en')}`;
    const { worker, temporal, postgres } = cpuOf(rates, name);
    const totals = { worker: worker * size, temporal: temporal * size, postgres: postgres * size };
    const held = megabytes[`worker after ${name}`] ?? NaN;
    return { size, ...totals, seconds: size / (rates[name]?.median ?? NaN), megabytes: held };
  });
  const fits = (['worker', 'temporal', 'postgres', 'seconds'] as const).map(
    (what) => [what, lineThrough(ticks.map((tick) => [tick.size, tick[what]]))] as const,
  );
  return {
    poll: each((process) => cpuOf(rates, 'polls with news')[process]),
    knownPage: each((process) => Math.max(0, known[process] - silent[process]) / further),
    newPage: each((process) => newPage[process]),
    observation: each((process) => newPage[process] / 100),
    tick: Object.fromEntries(fits.map(([what, { least }]) => [what, least])),
    idlePatient: Object.fromEntries(fits.map(([what, { slope }]) => [what, slope])),
    run: {
      events: ratios["events of a patient's run"],
      bytes: ratios["bytes of a patient's history"],
      transitions: ratios["transitions of a patient's run"],
    },
    clock: {
      ticks: ticks.map(({ size, seconds, megabytes: held }) => ({
        patients: size,
        seconds,
        megabytes: held,
      })),
      polls: {
        perSecond: rates['polls with news']?.median,
        cpuOfAll: cpuOfAll(rates['polls with news']),
        cores,
      },
    },
  };
}

/** The straight line with the least squares of relative errors: a small tick counts as much as a large one. */
function lineThrough(points: readonly (readonly [size: number, value: number])[]) {
  const sum = (of: (size: number, value: number, weight: number) => number) =>
    points.reduce((all, [size, value]) => all + of(size, value, 1 / Math.max(value, 1e-6) ** 2), 0);
  const weights = sum((_size, _value, weight) => weight);
  const [sizes, values] = [
    sum((size, _, weight) => size * weight),
    sum((_, value, weight) => value * weight),
  ];
  const squares = sum((size, _, weight) => size * size * weight);
  const products = sum((size, value, weight) => size * value * weight);
  const slope = Math.max(0, (weights * products - sizes * values) / (weights * squares - sizes ** 2));
  return { slope, least: Math.max(0, (values - slope * sizes) / weights) };
}

function cpuOf(rates: Result['rates'], name: string) {
  const { cpuOfUnit = {} } = rates[name] ?? {};
  const { worker = 0, Temporal: temporal = 0, Postgres: postgres = 0, bench = 0 } = cpuOfUnit;
  return { worker, temporal, postgres, bench };
}

function cpuOfAll({ cpuOfUnit = {} }: Partial<Result['rates'][string]> = {}): number {
  return Object.values(cpuOfUnit).reduce((sum, each) => sum + each, 0);
}

/** Of the plain table. */
function ofARow({ megabytes = {} }: Result, rows: number) {
  const plain = Object.entries(megabytes).filter(([name]) => name.startsWith('plain: '));
  const bytes = (isCounted: (name: string) => boolean) =>
    (plain.filter(([name]) => isCounted(name)).reduce((sum, [, size]) => sum + size, 0) * 2 ** 20) / rows;
  return {
    bytes: bytes((name) => name === 'plain: rows'),
    indexBytes: bytes((name) => name.includes('index on')),
  };
}

await main();
