import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import type { PollResult } from '../../src/workflows/contract.js';
import { type Link, openLink } from '../chaos/proxy.js';
import { connectedPatient } from '../helpers/connected-patient.js';
import { differences, type MeasuredPatient } from '../helpers/measured-load.js';
import { type Network, openNetwork } from '../helpers/network.js';
import { pollNow, resting } from '../helpers/operator.js';
import { agreeTo } from '../helpers/scopes.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';
import { layOutProgram, type Program, type WorkerProcess } from '../helpers/worker-process.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const PATIENTS = 40;
const MINUTE_MS = 60_000;
/** Of a request to Open Wearables and of its answer: a poll lasts long enough to be in the middle of it. */
const LATENCY_MS = 150;
/** What a killed worker held is another one's after this; then its reads are done again. */
const HEARTBEAT_MS = 20_000;
const OVERHEAD_MS = 8_000;

/** A process, and how many pages it has stored. */
interface Worker {
  readonly process: WorkerProcess;
  readonly place: 'here' | 'other network';
  pages: number;
}

let world: TestWorld;
let program: Program;
let network: Network | undefined;
/** What the processes of a network have instead of the world's addresses. */
const addresses = new Map<Worker['place'], Readonly<Record<string, string>>>();
const links: Link[] = [];
const patients: Pick<MeasuredPatient, 'id' | 'owUserId'>[] = [];
const now = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

beforeAll(async () => {
  world = await resting(await startTestWorld());
  // The workers of this test are processes of their own.
  await world.worker.stop();
  await world.app.settings.write('ow.requests_per_second', '1000', null);
  program = await layOutProgram(inject('workflowBundle'));
  addresses.set('here', await addressesAt('127.0.0.1'));
  const opened = await openNetwork();
  if ('refused' in opened) say(`NO SECOND NETWORK, all processes are in one: ${opened.refused}`);
  else {
    network = opened;
    addresses.set('other network', await addressesAt(opened.address));
  }
  for (let number = 1; number <= PATIENTS; number += 1) {
    const patient = await connectedPatient({ ...world.app, sandbox: world.sandbox }, number);
    await agreeTo(world.app.sql, patient.id, ['omh:heart-rate:2.0'], 2);
    patients.push(patient);
  }
});
afterAll(async () => {
  for (const link of links) await link.close();
  network?.close();
  await program.remove();
  await world.close();
});

it('two workers share a poll, and nothing is done twice', async () => {
  const workers = await startWorkers(2);
  measure(720, 480);
  const { ms, result } = await poll();
  expect(result).toMatchObject({ created: PATIENTS * 48, amended: 0 });
  expectShares(workers, ms);
  expectEachRequestOnce();
  for (const { process } of workers) expect(await process.stop()).toBe(0);
  await expectTheTruth();
});

it('four share a poll, and one that is killed in the middle costs at most a heartbeat time-out', async () => {
  // Their version follows workers that were of none.
  const workers = await startWorkers(4, { TEMPORAL_WORKER_VERSIONING: 'on' });
  const newWork = () => world.app.oversight.worker();
  await until('all four get new work', async () => (await newWork()).workers === workers.length);
  measure(480, 240);
  const quiet = await poll();
  expect(quiet.result).toMatchObject({ created: PATIENTS * 48, amended: 0 });
  expectShares(workers, quiet.ms);
  expectEachRequestOnce();

  for (const worker of workers) worker.pages = 0;
  measure(240, 0);
  const polled = poll();
  const victim = await until('a quarter is read', () => {
    const pages = workers.reduce((sum, worker) => sum + worker.pages, 0);
    const busiest = workers.toSorted((one, other) => other.pages - one.pages)[0];
    return Promise.resolve(pages >= PATIENTS / 4 ? busiest : undefined);
  });
  await victim.process.kill();
  const killed = await polled;
  expect(killed.result.patients).toMatchObject({ 'new data': PATIENTS, 'could not read': 0 });
  const cost = killed.ms - quiet.ms;
  say(`killed in the middle: ${seconds(killed.ms)}, quiet ${seconds(quiet.ms)}: it cost ${seconds(cost)}`);
  expect(cost).toBeLessThan(HEARTBEAT_MS + OVERHEAD_MS);
  for (const { process } of workers) if (process !== victim.process) await process.stop();
  await expectTheTruth();
});

/** Postgres, Temporal and a slow Open Wearables, as they are reached at one address of this machine. */
async function addressesAt(host: string): Promise<Readonly<Record<string, string>>> {
  const link = async (url: string) => {
    const opened = await openLink(Number(new URL(url).port), host);
    links.push(opened);
    return opened;
  };
  const database = new URL(world.config.DATABASE_URL);
  const [postgres, temporal, openWearables] = [
    await link(database.toString()),
    await link(`http://${world.config.TEMPORAL_ADDRESS}`),
    await link(world.sandbox.url),
  ];
  await openWearables.set({ kind: 'latency', ms: LATENCY_MS });
  database.host = `${host}:${postgres.port}`;
  return {
    DATABASE_URL: database.toString(),
    TEMPORAL_ADDRESS: `${host}:${temporal.port}`,
    OW_API_URL: `http://${host}:${openWearables.port}`,
  };
}

/** Every second one in the other network, where there is one. */
function startWorkers(count: number, environment = {}): Promise<Worker[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const place = network !== undefined && index % 2 === 1 ? 'other network' : 'here';
      const heard = { pages: 0 };
      const process = await program.start(
        'worker',
        { environment: { ...world.environment, ...addresses.get(place), ...environment } },
        ({ event }) => {
          if (event === 'page stored') heard.pages += 1;
        },
        place === 'here' ? [] : network?.within,
      );
      return Object.assign(heard, { process, place } as const);
    }),
  );
}

/** The rings of all have measured every five minutes of this time. */
function measure(fromMinutesAgo: number, toMinutesAgo: number): void {
  for (const { owUserId } of patients) {
    const samples = Array.from({ length: (fromMinutesAgo - toMinutesAgo) / 5 }, (_, index) => ({
      timestamp: new Date(now - (fromMinutesAgo - index * 5) * MINUTE_MS),
      ...{ type: 'heart_rate', value: 50 + (index % 40) },
    }));
    world.sandbox.control.addSamples(owUserId, samples);
  }
}

async function poll(): Promise<{ readonly ms: number; readonly result: PollResult }> {
  world.sandbox.control.requests.clear();
  const begin = performance.now();
  const result = await pollNow(world);
  return { ms: performance.now() - begin, result };
}

function expectShares(workers: readonly Worker[], ms: number): void {
  const shares = workers.map(({ pages, place }) => `${pages} ${place}`).join(', ');
  say(`${workers.length} workers, ${PATIENTS} patients in ${seconds(ms)}; pages stored: ${shares}`);
  for (const { pages } of workers) expect(pages, shares).toBeGreaterThan(0);
}

/** Of each patient each page of each window. */
function expectEachRequestOnce(): void {
  const reads = world.sandbox.control.requests
    .filter(({ path }) => path.includes('/timeseries'))
    .map(({ path, query: { start_time: from, cursor } }) => `${path} ${String(from)} ${String(cursor)}`);
  expect(reads.length).toBeGreaterThanOrEqual(PATIENTS);
  expect(reads.filter((read, index) => reads.indexOf(read) !== index)).toEqual([]);
}

async function expectTheTruth(): Promise<void> {
  for (const patient of patients) {
    const shown = world.sandbox.control.samplesOf(patient.owUserId);
    const found = await differences(world.app.sql, { ...patient, shown });
    expect(found).toEqual({ lost: [], doubled: [], lettersTooMany: 0 });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function say(line: string): void {
  process.stdout.write(`many workers: ${line}\n`);
}
