import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { ids } from '../src/workflows/contract.js';
import { DAY_MS, forget, samplesOf } from './histories.js';
import { idleTick, markDue, placeNews, tick } from './news.js';
import { pageReads } from './page-reads.js';
import { makeIdlePatients, makeWearers } from './patients.js';
import { memoryOf } from './processes.js';
import { inRounds, type Figures } from './rounds.js';
import { withWorld, type BenchWorld } from './world.js';

const PAGE = 100;
const NEW_SAMPLES = 3;

export interface UnitSize {
  readonly wearers: number;
  readonly idle: readonly number[];
  readonly rounds: number;
}

/**
 * What the simulation counts with, each measured by itself: a page, polls of patients with and without news, ticks in which
 * nobody is due, and what a patient's run leaves at Temporal.
 */
export function benchUnits(size: UnitSize) {
  return withWorld((world) => measureUnits(world, size));
}

async function measureUnits(world: BenchWorld, { wearers: count, idle, rounds }: UnitSize) {
  const run = { rounds, pids: world.pids };
  const [reader] = await makeWearers(world, 1, 30);
  if (reader === undefined) throw new Error('a patient of the bench is missing');
  const pages = await inRounds({ 'a page, fetched alone': await pageReads(world, reader) }, run);
  await forget(world.app.sql);
  const ofADay = samplesOf({
    from: new Date(Date.now() - DAY_MS).toISOString(),
    to: new Date().toISOString(),
  });
  const silent = await makeWearers(world, count, 30);
  const busy = await makeWearers(world, count, 30);
  for (const { owUserId } of busy) await world.openWearables.addSamples(owUserId, ofADay);
  await poll(world);
  const polls = await inRounds(
    {
      'polls of a silent day': { ready: () => markDue(world, silent), work: () => polled(world, count) },
      'polls of a known day': { ready: () => markDue(world, busy), work: () => polled(world, count) },
      'polls with news': {
        ready: () => placeNews(world, silent, NEW_SAMPLES),
        work: () => polled(world, count),
      },
    },
    run,
  );
  const left = await leftBehind(world.temporal, silent[0]?.id ?? 0);

  const ticks: Record<string, Figures> = {};
  const megabytes: Record<string, number> = {};
  let made = 0;
  for (const size of idle) {
    await makeIdlePatients(world.app.sql, size - made);
    made = size;
    const name = `idle patients, ${size.toLocaleString('en')}`;
    Object.assign(ticks, await inRounds({ [name]: { work: () => idleTick(world, size) } }, run));
    megabytes[`worker after ${name}`] = memoryOf(world.pids.worker, 'VmRSS');
  }
  return {
    unit: `a second: pages, polls of ${count} due patients, idle patients of a tick`,
    rates: { ...pages, ...polls, ...ticks },
    ratios: { ...left, 'pages of a known day': Math.ceil(ofADay.length / PAGE) },
    megabytes,
  };
}

async function polled(world: BenchWorld, expected: number): Promise<number> {
  const read = await poll(world);
  if (read !== expected) throw new Error(`${read} of ${expected} patients were read`);
  return read;
}

/** How many were read. */
async function poll(world: BenchWorld): Promise<number> {
  const { patients } = (await tick(world)).result;
  return patients['new data'] + patients['nothing new'];
}

/** What the newest run of a patient cost Temporal. */
async function leftBehind(temporal: Client, patientId: number): Promise<Record<string, number>> {
  const run = temporal.workflow.getHandle(ids.pollPatient(patientId));
  const { raw } = await run.describe();
  const history = await run.fetchHistory();
  return {
    "events of a patient's run": history.events?.length ?? 0,
    "bytes of a patient's history": Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0),
    "bytes of a patient's history as JSON": historyToJSON(history).length,
    "transitions of a patient's run": Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
  };
}
