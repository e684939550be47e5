import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findPromtool } from '../../dev/servers/promtool.js';

const run = promisify(execFile);
const RULES = fileURLToPath(new URL('../../deploy/prometheus/alerts.yml', import.meta.url));

/** A series of a value a minute, in promtool's notation: `0+1x60`. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** What is scraped over time, and which alerts fire at a time of it; one test of promtool. */
export interface Story {
  readonly name: string;
  readonly series: readonly Series[];
  readonly at: string;
  readonly fires: readonly string[];
}

/** What promtool prints; throws what it complains of. */
export async function promtool(...args: readonly string[]): Promise<string> {
  // Said aloud: a first run builds it.
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const { PROMTOOL_PATH: configured, PATH: searchPath } = process.env;
  const executable = await findPromtool({ configured, searchPath, say });
  const { stdout } = await run(executable, args).catch((thrown: unknown) => {
    const said = thrown instanceof Error && 'stderr' in thrown ? thrown.stderr : thrown;
    throw new Error(String(said), { cause: thrown });
  });
  return stdout;
}

/** Throws what promtool says of an expression that Prometheus does not take. */
export async function takes(expressions: readonly string[]): Promise<void> {
  const rules = expressions.map((expr, index) => ({ record: `expression_${index}`, expr }));
  await withFile({ groups: [{ name: 'expressions', rules }] }, (file) => promtool('check', 'rules', file));
}

/** Has promtool play the stories against the rules; throws what it says where others fire, or fewer. */
export async function play(stories: readonly Story[]): Promise<void> {
  const tests = stories.map(({ name, series, at, fires }) => ({
    name,
    interval: '1m',
    input_series: series,
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: at,
        exp_samples: fires.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
      },
    ],
  }));
  // JSON is YAML.
  const file = { rule_files: [RULES], evaluation_interval: '1m', tests };
  await withFile(file, (name) => promtool('test', 'rules', name));
}

async function withFile(content: unknown, work: (file: string) => Promise<unknown>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-alerts-'));
  try {
    const file = path.join(folder, 'rules.yml');
    await writeFile(file, JSON.stringify(content));
    await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
