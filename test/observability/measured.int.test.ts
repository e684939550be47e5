import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { dashboard, expressionsOf, namesIn } from './dashboard.js';
import { alerts } from './rules.js';
import { readMetrics, type Scraped } from './scrape.js';

let world: TestWorld;
let before: Scraped;
let after: Scraped;
beforeAll(async () => {
  world = await resting(await startTestWorld());
  const { app, sandbox } = world;
  before = await readMetrics(world.http.url);
  const patient = await agreedPatient({ ...app, sandbox });
  sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(20), 230));
  await pollNow(world);
  await app.orchestration.resumeSchedule('the poll of the test has ended');
  app.health.forget();
  await app.health.recent();
  // Both are told some seconds late.
  after = await until('the SDK has told what it counts, and the database how far it is read', async () => {
    const scraped = await readMetrics(world.http.url);
    const isTold = scraped.of('wearable_exchange_cursor_lag_seconds').length > 0;
    return isTold && scraped.sum('temporal_activity_execution_latency_count') > 0 && scraped;
  });
});
afterAll(async () => {
  await world.close();
});

it('before anybody was read there is no lag, rather than none', () => {
  expect(before.of('wearable_exchange_cursor_lag_seconds')).toEqual([]);
  expect(before.of('wearable_exchange_poll_age_seconds')).toEqual([]);
  expect(before.sum('wearable_exchange_due_patients')).toBe(0);
});

it('a poll is told: pages, observations by outcome, what it took to ask for them, how far it read, and when it ended', () => {
  const more = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    after.sum(`wearable_exchange_${name}`, labels) - before.sum(`wearable_exchange_${name}`, labels);
  expect(more('polls_total', { outcome: 'completed' })).toBe(1);
  expect(more('pages_total')).toBeGreaterThan(0);
  expect(more('observations_total', { outcome: 'created' })).toBe(230);
  expect(more('upstream_request_seconds_count', { operation: 'samples' })).toBeGreaterThan(0);
  expect(more('activity_seconds_count', { activity: 'planPoll', outcome: 'completed' })).toBe(1);
  expect(after.sum('wearable_exchange_cursor_lag_seconds')).toBeGreaterThan(0);
  expect(after.sum('wearable_exchange_cursor_lag_seconds')).toBeLessThan(120);
  expect(after.sum('wearable_exchange_poll_age_seconds')).toBeLessThan(120);
});

it('every condition has a value, and none holds where all is well', () => {
  expect(after.of('wearable_exchange_condition').length).toBeGreaterThan(15);
  expect(after.sum('wearable_exchange_condition')).toBe(0);
});

it('a scrape takes less than a twentieth of a second', async () => {
  const times: number[] = [];
  for (let scrape = 0; scrape < 9; scrape += 1) {
    const begun = performance.now();
    await world.app.metrics.metrics();
    times.push(performance.now() - begun);
  }
  // What else runs on the machine makes others slower.
  expect(Math.min(...times)).toBeLessThan(50);
});

it('the dashboard and the alerts ask for no metric but those that there are', () => {
  const declared = [...after.text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
  );
  const wanted = [...expressionsOf(dashboard()), ...alerts.map(({ expr }) => expr)].flatMap(namesIn);
  expect(wanted.length).toBeGreaterThan(40);
  expect([...new Set(wanted)].filter((name) => !declared.includes(name))).toEqual([]);
});

it('labels are bounded: no address, no number of a patient', async () => {
  await fetch(`${world.http.url}/api/v1/patients/40001`);
  const { text } = await readMetrics(world.http.url);
  expect(text).not.toContain('40001');
  expect(text).toContain('route="/api/v1/patients/:id');
});

it('what an activity logs carries the ids of its run, what a request logs its own', async () => {
  const lineOf = (event: string) =>
    until(`a line says ${event}`, () =>
      Promise.resolve(
        world.logLines
          .map((line) => JSON.parse(line) as Record<string, unknown>)
          .find((line) => line['event'] === event),
      ),
    );
  expect(await lineOf('page stored')).toMatchObject({
    workflowId: expect.stringMatching(/^poll-patient\//) as string,
    runId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    activity: expect.stringMatching(/^read/) as string,
    attempt: 1,
  });
  const { headers } = await fetch(`${world.http.url}/health`);
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(/^[\da-f-]{36}$/);
  expect(world.logLines.filter((line) => line.includes(requestId ?? 'none')).length).toBeGreaterThan(0);
});
