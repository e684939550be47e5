import { parseArgs } from 'node:util';
import { billOf } from './bill.js';
import { USUAL, type Scenario } from './scenario.js';
import { readUnitCosts } from './unit-costs.js';

/** What may be said, by what it changes. */
const OPTIONS = {
  ...{ seed: 'seed', sample: 'sample', interval: 'interval', 'max-age': 'maxAge', lookback: 'lookback' },
  ...{ requests: 'requests', 'backfill-days': 'backfillDays', news: 'news', webhooks: 'webhooks' },
  ...{ corrections: 'corrections', onboardings: 'onboardings', workers: 'workers' },
  ...{ 'temporal-cores': 'temporalCores', 'postgres-cores': 'postgresCores' },
} as const satisfies Readonly<Record<string, keyof Scenario>>;

/** The scenarios that somebody asks for on the command line: one for each number of patients. Throws for what is no number. */
export function scenariosOf(words: readonly string[]): Scenario[] {
  const { values } = parseArgs({
    args: [...words],
    options: {
      patients: { type: 'string', default: String(USUAL.patients) },
      ...Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' as const }])),
      'no-reconcile': { type: 'boolean', default: false },
    },
  });
  const said: Readonly<Record<string, string | boolean | undefined>> = values;
  const changes = Object.entries(OPTIONS).flatMap(([option, name]) => {
    const text = said[option];
    return text === undefined ? [] : [[name, numberOf(option, String(text))]];
  });
  const changed = Object.fromEntries(changes) as Partial<Scenario>;
  return values.patients.split(',').map((patients) => ({
    ...{ ...USUAL, ...changed, reconcile: !values['no-reconcile'] },
    patients: numberOf('patients', patients),
  }));
}

function numberOf(option: string, text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${option} must be a number`);
  return Number(text);
}

/** What a day of each costs, as a table of Markdown: a column for each. */
export function tableOf(scenarios: readonly Scenario[]): string {
  const costs = readUnitCosts();
  const bills = scenarios.map((scenario) => billOf(scenario, costs).rows);
  const names = Object.keys(bills[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['patients', ...scenarios.map(({ patients }) => patients.toLocaleString('en'))]),
    line(['---', ...scenarios.map(() => '---')]),
    ...names.map((name) => line([name, ...bills.map((rows) => rows[name] ?? '')])),
  ].join('\n');
}
