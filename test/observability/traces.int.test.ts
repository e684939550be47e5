import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { freePort } from '../../dev/servers/ports.js';
import { until } from '../../dev/journey/until.js';
import { countObservations } from '../../src/db/observations.js';
import { agreedPatient } from '../helpers/connected-patient.js';
import { pollNow, resting } from '../helpers/operator.js';
import { heartRates, hoursAgo } from '../helpers/samples.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { eventOf, SECRET, send } from '../helpers/webhooks.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const span = z.object({
  ...{ traceId: z.string(), spanId: z.string(), parentSpanId: z.string().default(''), name: z.string() },
  attributes: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
type Span = z.infer<typeof span>;
const told = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

const bodies: string[] = [];
const spans: Span[] = [];
let collector: Server;
let world: TestWorld;
beforeAll(async () => {
  const port = await freePort();
  collector = createServer((request, answer) => {
    void text(request).then((body) => {
      bodies.push(body);
      for (const { scopeSpans } of told.parse(JSON.parse(body)).resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(port, '127.0.0.1');
  await once(collector, 'listening');
  world = await resting(await startTestWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }));
  await world.app.settings.write('ow.webhook_secret', SECRET, null);
});
afterAll(async () => {
  await world.close();
  collector.close();
});

/** A span and those around it, the innermost first. */
function chainOf(innermost: Span): string[] {
  const outer = spans.find(({ spanId }) => spanId === innermost.parentSpanId);
  return [innermost.name, ...(outer === undefined ? [] : chainOf(outer))];
}

it('one trace leads from a request to the workflow, its activity, and what Open Wearables was asked for', async () => {
  const patient = await agreedPatient({ ...world.app, sandbox: world.sandbox });
  world.sandbox.control.addSamples(patient.owUserId, heartRates(hoursAgo(1), 3));
  const answer = await send(world, { body: eventOf(patient.owUserId) });
  expect(answer.status).toBe(204);
  await until('it was read', async () => (await countObservations(world.app.sql, patient.id, null)) > 0);
  const chain = await until('the collector has heard of it', () => {
    const asked = spans.filter(({ name }) => name === 'Open Wearables: samples').map(chainOf);
    return Promise.resolve(asked.find((names) => names.includes('POST /api/v1/ow/webhooks')));
  });
  expect(chain).toEqual([
    'Open Wearables: samples',
    'RunActivity:readFirstPages',
    'StartActivity:readFirstPages',
    'RunWorkflow:pollPatient',
    'SignalWithStartWorkflow:pollPatient',
    'POST /api/v1/ow/webhooks',
  ]);
  const { traceId } = spans.find(({ name }) => name === 'POST /api/v1/ow/webhooks') ?? { traceId: 'none' };
  expect(
    spans.filter(({ name }) => name === 'RunWorkflow:pollPatient').map((each) => each.traceId),
  ).toContain(traceId);
  const lines = world.logLines
    .filter((line) => line.includes(traceId))
    .map((line) => JSON.parse(line) as { event: string });
  expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['request', 'page stored']));
});

it('spans say ids, codes and patterns: no address with its query, no key, no name, no measurement', async () => {
  const broken = { status: 422, body: '{"detail":"canary_body"}' };
  world.sandbox.control.faults.failNext({ path: /timeseries/ }, broken, 10);
  await pollNow(world);
  await fetch(`${world.http.url}/ow/?code=localhost_canary_code`);
  await until('the collector has heard of it', () =>
    Promise.resolve(spans.some(({ name }) => name === 'GET /ow/')),
  );
  const all = bodies.join('');
  expect(all).toContain('Open Wearables refused the request');
  for (const secret of [
    'canary_code',
    'canary_body',
    world.sandbox.apiKey,
    SECRET,
    'demo_patient',
    '@example.com',
    '"value":',
    'beats',
  ])
    expect(all.includes(secret), secret).toBe(secret === '"value":');
  const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
  const expected = [
    ...['http.request.method', 'http.response.status_code', 'http.route'],
    ...['run_id', 'runId', 'temporalActivityId', 'temporalWorkflowId', 'workflowId', 'workflowType'],
  ];
  expect([...keys].sort().filter((key) => !expected.includes(key))).toEqual([]);
});
