import { simulateDay } from './day.js';
import { USUAL } from './scenario.js';
import { type Cpu, readUnitCosts, type UnitCosts } from './unit-costs.js';

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const digits = (value: number) => Number(value.toPrecision(2)).toString();
const ENDLESS = {
  ...{ worker: Infinity, temporal: Infinity, postgres: Infinity, requests: Infinity, slots: Infinity },
};

/** What the simulation counts with, in milliseconds of CPU. */
export function unitCostTable(): string {
  const costs = readUnitCosts();
  const rows: readonly (readonly [string, Cpu])[] = [
    ['a run of a due patient: one page, three samples', costs.poll],
    ['a further page that is known', costs.knownPage],
    ['a page of 100 new samples', costs.newPage],
    ['a tick in which nobody is due', costs.tick],
    ['each 1,000 idle patients of a tick', times(1_000, costs.idlePatient)],
  ];
  return [
    line(['CPU in ms', 'worker', 'Temporal', 'Postgres']),
    line(['---', '---', '---', '---']),
    ...rows.map(([name, { worker, temporal, postgres }]) =>
      line([name, ...[worker, temporal, postgres].map((seconds) => digits(1000 * seconds))]),
    ),
  ].join('\n');
}

/** What the simulation predicts of the runs that its costs come from, beside what these took on the clock. */
export function predictionTable(): string {
  const costs = readUnitCosts();
  const { ticks, polls } = costs.clock;
  const row = (name: string, predicted: number, measured: number, unit: string, held = '') => {
    const off = Math.round((100 * (predicted - measured)) / measured);
    return line([name, `${digits(predicted)} ${unit}`, `${digits(measured)} ${unit}`, `${off} %`, held]);
  };
  return [
    line(['', 'predicted', 'measured', 'off by', 'memory of the worker']),
    line(['---', '---', '---', '---', '---']),
    ...ticks.map(({ patients, seconds, megabytes }) => {
      const name = `a tick, ${patients.toLocaleString('en')} idle patients`;
      return row(name, predictedTick(patients, costs), seconds, 's', `${Math.round(megabytes)} MB`);
    }),
    row('polls of due patients a second', polls.cores / polls.cpuOfAll, polls.perSecond, ''),
  ].join('\n');
}

/** A day in which nothing happens: how long its ticks take. */
function predictedTick(patients: number, costs: UnitCosts): number {
  const silence = { news: 0, maxAge: 10_000, onboardings: 0, reconcile: false, sample: 100 };
  const { tally } = simulateDay({ ...USUAL, ...silence, patients }, costs, ENDLESS);
  return tally.tickSeconds[0] ?? NaN;
}

function times(count: number, { worker, temporal, postgres }: Cpu): Cpu {
  return { worker: count * worker, temporal: count * temporal, postgres: count * postgres };
}
