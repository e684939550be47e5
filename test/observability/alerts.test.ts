import { expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { textOf } from '../house/documents.js';
import { dashboard, expressionsOf } from './dashboard.js';
import { play, promtool, takes } from './promtool.js';
import { alerts } from './rules.js';
import { stories } from './stories.js';

// A first run builds promtool; all that needs it without a server is here, so that two files do not build it at once.
vi.setConfig({ testTimeout: 20 * 60_000 });

const environment = z.object({ PORT: z.string(), WORKER_PORT: z.string() });
const compose = z.object({ 'x-service': z.object({ environment }) });

it('Prometheus takes the rules, and the example of its configuration', async () => {
  await promtool('check', 'rules', '--lint-fatal', 'deploy/prometheus/alerts.yml');
  await promtool('check', 'config', '--lint-fatal', 'deploy/prometheus/prometheus.yml');
});

it('each alert fires on what it is for, alone, and not where all is well', async () => {
  await play(stories);
  const told = new Set(stories.flatMap(({ fires }) => fires));
  expect(alerts.map(({ alert }) => alert).filter((alert) => !told.has(alert))).toEqual([]);
});

it('a story that says otherwise is refused', async () => {
  await expect(play(stories.slice(0, 1).map((story) => ({ ...story, fires: ['Other'] })))).rejects.toThrow(
    /Other/,
  );
});

it('each alert has its section in the runbook, and leads there', () => {
  const sections = [...textOf('docs/runbook.md').matchAll(/^## (WearableExchange\w+)$/gm)].map(
    ([, name]) => name,
  );
  expect(sections).toEqual(alerts.map(({ alert }) => alert));
  for (const { alert, annotations } of alerts)
    expect(annotations.runbook_url).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
});

it('each panel of the dashboard has its own number and place, and asks the Prometheus that is chosen', () => {
  const { panels, templating } = dashboard();
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
  expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }]);
  for (const { type, targets = [], datasource } of panels) {
    expect(targets.length > 0).toBe(type !== 'row');
    expect(datasource !== undefined).toBe(type !== 'row');
  }
});

it('Prometheus takes each expression of the dashboard', async () => {
  await takes(expressionsOf(dashboard()));
  await expect(takes(['sum(rate(metric)'])).rejects.toThrow(/parse/);
});

it('the example scrapes where the processes of docker-compose.yml tell', () => {
  const { PORT, WORKER_PORT } = compose.parse(parse(textOf('docker-compose.yml')))['x-service'].environment;
  const example = textOf('deploy/prometheus/prometheus.yml');
  expect(example).toContain(`- targets: ['api:${PORT}']`);
  expect(example).toMatch(new RegExp(`names: \\[worker\\]\\n +type: A\\n +port: ${WORKER_PORT}\\n`));
});
