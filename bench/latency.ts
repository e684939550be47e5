import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PollPatientInput } from '../src/workflows/contract.js';
import { openApiClient, type ApiClient } from './api-client.js';
import { timesOf } from './measure.js';
import { makeWearers, type Wearer } from './patients.js';
import { peaksOf, spentOn } from './processes.js';
import { ofUnit } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

const PROMISED_MS = 2_000;
const WEARERS = 20;
/** Between two news, of whomever; a wearer has the next ones ten seconds later. */
const EVERY_MS = 500;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 30_000;
/** How often the news of others are polled meanwhile, and of how many. */
const POLL_EVERY_MS = 5_000;
const OTHERS = 10;

export interface LatencySize {
  readonly news: number;
}

/** From a sample's arrival at Open Wearables, over its signed webhook, until a client reads the observation. */
export function benchLatency(size: LatencySize) {
  return withWorld((world) => measureLatency(world, size));
}

async function measureLatency(world: BenchWorld, { news }: LatencySize) {
  const wearers = await makeWearers(world, WEARERS, 30);
  const [first, others] = [await makeWearers(world, OTHERS, 30), await makeWearers(world, OTHERS, 30)];
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  await world.app.settings.write('ow.webhook_secret', secret, null);
  const api = await openApiClient(world);
  const pids = { ...world.pids, API: api.pid };
  try {
    await world.openWearables.sendWebhooksTo({
      ...{ url: `${api.url}/api/v1/ow/webhooks`, secret, filterTypes: ['heart_rate.created'] },
    });
    // The first ones warm up.
    await arrivals(world, api, first, OTHERS);
    const stop = new AbortController();
    const polled = pollOthers(world, others, stop.signal);
    const { result: seen, cpu } = await spentOn(pids, () => arrivals(world, api, wearers, news));
    stop.abort();
    const polls = await polled;
    await requireEachOnce(world, wearers, news);
    const visible = timesOf(seen);
    const again = await arrivals(world, api, first, 2 * OTHERS, 1_000 / OTHERS);
    return {
      unit: `ms, ${news} news at ${1000 / EVERY_MS} a second, promised: p95 under ${PROMISED_MS}; ${polls} polls meanwhile`,
      rates: {
        'webhook to visible': { ...visible, cpuOfUnit: ofUnit(cpu, news) },
        'of whom news came a second ago': timesOf(again.slice(OTHERS)),
        'a search that finds nothing': timesOf(await searches(api, wearers)),
        "a patient's poll that finds nothing": timesOf(await pollsAlone(world, wearers)),
      },
      ratios: { 'promised to p95': PROMISED_MS / visible.p95 },
      megabytes: peaksOf(pids),
    };
  } finally {
    await world.openWearables.sendWebhooksTo(null);
    await api.close();
  }
}

/** Whole seconds, each later than the one before, so that each sample is one of its own. */
let newest = Math.floor(Date.now() / 1000) * 1000 - 7_200_000;

/** So many new samples at their times, whatever becomes of those before; how long until each was seen. */
async function arrivals(
  world: BenchWorld,
  api: ApiClient,
  wearers: readonly Wearer[],
  count: number,
  everyMs = EVERY_MS,
): Promise<number[]> {
  const begin = performance.now();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const wearer = wearers[index % wearers.length];
      if (wearer === undefined) throw new Error('nobody wears a ring');
      await pause(begin + index * everyMs - performance.now());
      const at = await place(world, wearer);
      const began = performance.now();
      await untilSeen(api, wearer, at);
      return performance.now() - began;
    }),
  );
}

async function place({ openWearables }: BenchWorld, { owUserId }: Wearer): Promise<string> {
  newest += 1_000;
  const timestamp = new Date(newest);
  await openWearables.addSamples(owUserId, [{ type: 'heart_rate', timestamp, value: 61 }]);
  return timestamp.toISOString();
}

async function untilSeen(api: ApiClient, { id }: Wearer, at: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await api.read(searchOf(id, at))).includes('"resourceType":"Observation"')) {
    if (performance.now() > deadline) throw new Error(`a new sample is not seen after ${PATIENCE_MS} ms`);
    await pause(LOOK_EVERY_MS);
  }
}

function searchOf(id: number, at: string): string {
  return `/FHIR/R5/Observation?patient=${id}&code=omh:heart-rate:2.0&date=${at}`;
}

/** Ticks of the schedule with a few others' news, one after the other; answers how many there were. */
async function pollOthers(
  { app, openWearables, temporal }: BenchWorld,
  others: readonly Wearer[],
  stop: AbortSignal,
): Promise<number> {
  const taskQueue = app.config.TEMPORAL_TASK_QUEUE;
  let polls = 0;
  while (!stop.aborted) {
    newest += 1_000;
    for (const { owUserId } of others)
      await openWearables.addSamples(owUserId, [
        { type: 'heart_rate', timestamp: new Date(newest), value: 62 },
      ]);
    polls += 1;
    await temporal.workflow.execute('poll', { taskQueue, workflowId: `ow-poll-latency-${polls}` });
    await pause(POLL_EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return polls;
}

/** Each news is stored, and none twice. */
async function requireEachOnce({ app: { sql } }: BenchWorld, wearers: readonly Wearer[], expected: number) {
  const rows = await sql<{ at: Date }[]>`
    select effective_start as at from observations where patient_id = any(${wearers.map(({ id }) => id)}::integer[])`;
  if (rows.length !== expected || new Set(rows.map(({ at }) => at.getTime())).size !== expected)
    throw new Error(`${expected} news were to be stored, ${rows.length} are`);
}

async function searches(api: ApiClient, wearers: readonly Wearer[]): Promise<number[]> {
  return timed(wearers, ({ id }) => api.read(searchOf(id, '2020-01-01T00:00:00.000Z')));
}

async function pollsAlone({ app, temporal }: BenchWorld, wearers: readonly Wearer[]): Promise<number[]> {
  return timed(wearers, ({ id }) =>
    temporal.workflow.execute('pollPatient', {
      ...{ taskQueue: app.config.TEMPORAL_TASK_QUEUE, workflowId: `latency-${id}` },
      args: [{ patientId: id, pollId: 'bench', version: 2 } satisfies PollPatientInput],
    }),
  );
}

async function timed(wearers: readonly Wearer[], work: (wearer: Wearer) => Promise<unknown>) {
  const milliseconds: number[] = [];
  for (const wearer of wearers) {
    const began = performance.now();
    await work(wearer);
    milliseconds.push(performance.now() - began);
  }
  return milliseconds;
}
