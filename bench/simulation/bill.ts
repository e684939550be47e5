import { type Capacity } from './capacity.js';
import { simulateDay, type SimulatedDay } from './day.js';
import { DAY, HOUR, MINUTE, type Scenario } from './scenario.js';
import { percentile } from './tally.js';
import type { Cpu, UnitCosts } from './unit-costs.js';

/** Of a tick: three shards at once, fifty patients of each (`src/workflows/poll.ts`, `poll-shard.ts`). */
const SLOTS = 150;
/** How much of a process is used in its busiest hour; the rest is for bursts and for what is not counted here. */
const LOAD = 0.7;
/** So many patients tell what the busiest hour needs. */
const FEW = 20_000;
const ENDLESS: Capacity = {
  worker: Infinity,
  temporal: Infinity,
  postgres: Infinity,
  requests: Infinity,
  slots: Infinity,
};
/** Bytes that a closed run of a patient leaves in Temporal's Postgres until its retention of a day is over. */
const CLOSED_RUN = 24_000;
/** A history shard writes one after the other; so many transitions a second leave it mostly idle. */
const TRANSITIONS_OF_A_SHARD = 5;
const FEWEST_SHARDS = 512;

export interface Bill {
  /** In the order in which they are told. */
  readonly rows: Readonly<Record<string, string>>;
  readonly capacity: Capacity;
  readonly day: SimulatedDay;
}

/** Simulates the day once without limits, to see what its busiest hour needs, and once with what there is. */
export function billOf(scenario: Scenario, costs: UnitCosts): Bill {
  const few = { ...scenario, sample: Math.min(scenario.sample, FEW) };
  const capacity = capacityOf(scenario, simulateDay(few, costs, ENDLESS));
  const day = simulateDay(scenario, costs, capacity);
  return { rows: rowsOf(scenario, costs, capacity, day), capacity, day };
}

function capacityOf(scenario: Scenario, { servers }: SimulatedDay): Capacity {
  const enough = (process: keyof Cpu, given: number) =>
    given > 0 ? given : Math.max(1, Math.ceil(busiest(servers.used[process]) / LOAD));
  const worker = enough('worker', scenario.workers);
  const asked = Math.ceil(busiest(by(HOUR, servers.requests)) / LOAD);
  return {
    ...{ worker, temporal: enough('temporal', scenario.temporalCores) },
    postgres: enough('postgres', scenario.postgresCores),
    requests: scenario.requests > 0 ? scenario.requests * worker : Math.max(40, asked),
    slots: SLOTS,
  };
}

function rowsOf(scenario: Scenario, costs: UnitCosts, capacity: Capacity, { tally, servers }: SimulatedDay) {
  const { reads } = tally;
  const late = tally.late.slice().sort();
  const ticks = tally.tickSeconds.slice().sort((a, b) => a - b);
  const requests = servers.requests.reduce((sum, each) => sum + each, 0);
  const runs = reads.nudged + reads.due + 2 * tally.shards + 2 * tally.ticks;
  const { temporal } = servers.used;
  const peak = (busiest(temporal) * DAY) / temporal.reduce((sum, each) => sum + each, 0);
  const transitions = (runs * costs.run.transitions * peak) / DAY;
  const stored = tally.stored + tally.backfilled;
  const gigabytes = (bytes: number) => `${round((bytes * stored * 365) / 1e9)} GB`;
  const cores = (process: keyof Cpu) => {
    const used = servers.used[process];
    const mean = used.reduce((sum, each) => sum + each, 0) / DAY;
    return `${round(mean)}; ${round(busiest(used))} in the busiest hour`;
  };
  return {
    'observations a day': whole(stored),
    'reads a day: nudged, due, further rounds': [reads.nudged, reads.due, reads.round].map(whole).join(', '),
    'requests to Open Wearables a day': whole(requests),
    'requests a second: mean, busiest minute, allowed': [
      round(requests / DAY),
      whole(Math.max(...by(MINUTE, servers.requests)) / MINUTE),
      whole(capacity.requests),
    ].join(', '),
    'cores: worker': cores('worker'),
    'cores: Temporal': cores('temporal'),
    'cores: Postgres': cores('postgres'),
    'worker processes; cores of Temporal, of Postgres': `${capacity.worker}; ${capacity.temporal}, ${capacity.postgres}`,
    'runs at Temporal a day': whole(runs),
    'transitions a second, busiest hour': round(transitions),
    'writes of its store a second, busiest hour': whole(2 * transitions),
    'history shards': whole(
      Math.max(FEWEST_SHARDS, 2 ** Math.ceil(Math.log2(transitions / TRANSITIONS_OF_A_SHARD))),
    ),
    "Temporal's store at a retention of a day": `${round((runs * CLOSED_RUN) / 1e9)} GB`,
    'observations a year: rows': gigabytes(costs.row.bytes),
    'observations a year: indexes': gigabytes(costs.row.indexBytes),
    'a tick takes: p50, p95, longest': [percentile(ticks, 0.5), percentile(ticks, 0.95), ticks.at(-1) ?? 0]
      .map(seconds)
      .join(', '),
    'ticks that began, left out': `${tally.ticks}, ${tally.skippedTicks}`,
    'stored after it could be read: p50, p95': [0.5, 0.95]
      .map((share) => seconds(percentile(late, share)))
      .join(', '),
    'patients compared at night': scenario.reconcile
      ? `${round((100 * tally.reconciled) / scenario.patients)} %`
      : '-',
  };
}

/** A second's mean in the busiest hour. */
function busiest(byHours: Float64Array): number {
  return Math.max(...byHours) / HOUR;
}

/** Counts by second, added up. */
function by(seconds: number, bySecond: Float64Array): Float64Array {
  const sums = new Float64Array(bySecond.length / seconds);
  bySecond.forEach((count, second) => {
    const place = Math.floor(second / seconds);
    sums[place] = (sums[place] ?? 0) + count;
  });
  return sums;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');

function round(value: number): string {
  return value >= 100 ? whole(value) : Number(value.toPrecision(2)).toLocaleString('en');
}

function seconds(value: number): string {
  return value < 120 ? `${round(value)} s` : `${round(value / 60)} min`;
}
