import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { findClient } from '../src/db/clients.js';
import { issueInvitationFor } from '../src/invitations.js';
import { ids } from '../src/workflows/contract.js';
import { samplesOf } from './histories.js';
import { historyEndingNow, readThroughTemporal } from './history-reads.js';
import { placeNews, tick } from './news.js';
import { makeWearers, type Wearer } from './patients.js';
import { sizeOfDatabase } from './temporal-rows.js';
import { withWorld, type BenchWorld } from './world.js';

const CLIENT = 1;
const NEW_SAMPLES = 3;
const MANAGER_MARY = 10002;
/** Of the run that reads one patient: each more is paid for by everybody with news, at every tick. */
const MOST_EVENTS = 6;

export interface TemporalSize {
  readonly wearers: number;
  /** Of the history that is read back. */
  readonly days: number;
}

/** What one run of a workflow leaves at Temporal. */
interface Run {
  readonly events: number;
  readonly bytes: number;
  readonly transitions: number;
}

/** Events, bytes and state transitions of each kind of run, from the histories that Temporal has of them. */
export async function benchTemporal(size: TemporalSize) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-bench-'));
  const temporalFile = path.join(home, 'temporal.db');
  try {
    return await withWorld((world) => measureTemporal(world, size, temporalFile), { temporalFile });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function measureTemporal(
  world: BenchWorld,
  { wearers: count, days }: TemporalSize,
  temporalFile: string,
) {
  const wearers = await makeWearers(world, count, 30);
  const [newcomer] = await makeWearers(world, 1, 30);
  if (newcomer === undefined) throw new Error('a patient of the bench is missing');
  const runs: Record<string, Run> = {};
  const look = async (name: string, workflowId: string) => {
    runs[name] = await runOf(world.temporal, workflowId);
  };

  await placeNews(world, wearers, NEW_SAMPLES);
  await tick(world);
  await placeNews(world, wearers, NEW_SAMPLES);
  const before = await sizeOfDatabase(temporalFile);
  const news = await tick(world);
  const after = await sizeOfDatabase(temporalFile);
  await look(`poll of ${count} with news`, news.workflowId);
  await look(`its shard of ${count}`, ids.shard(news.workflowId, 1));
  await look('a patient of it', ids.pollPatient(wearers[0]?.id ?? 0));
  await look('poll without news', (await tick(world)).workflowId);

  await backfillOf(world, wearers[0], days);
  await look(`backfill of ${days} days`, ids.backfill(wearers[0]?.id ?? 0));
  const onboarding = await onboard(world, newcomer);
  for (const [name, workflowId] of Object.entries(onboarding)) await look(name, workflowId);

  const { events = Infinity } = runs['a patient of it'] ?? {};
  if (events > MOST_EVENTS) throw new Error(`a patient's poll has ${events} events, not ${MOST_EVENTS}`);
  const perPatient = (which: keyof Run) =>
    (runs['a patient of it']?.[which] ?? 0) + (runs[`its shard of ${count}`]?.[which] ?? 0) / count;
  const each = (which: keyof Run) =>
    Object.fromEntries(
      Object.entries(runs).map(([name, run]) => [`${name}: ${which}`, { median: run[which] }]),
    );
  return {
    unit:
      before === null
        ? 'what a run leaves at Temporal; its database cannot be looked into without python3'
        : 'what a run leaves at Temporal, and rows and bytes of its SQLite database',
    rates: {
      ...{ ...each('events'), ...each('bytes'), ...each('transitions') },
      'a patient with news, with the share of the shard: events': { median: perPatient('events') },
      'a patient with news, with the share of the shard: bytes': { median: perPatient('bytes') },
      ...(before !== null &&
        after !== null && {
          'a patient with news: rows': { median: (after.rows - before.rows) / count },
          'a patient with news: bytes of the database': { median: (after.bytes - before.bytes) / count },
        }),
    },
    ratios: {
      'events of two activities to a patient with news': 17 / events,
    },
  };
}

async function runOf(temporal: Client, workflowId: string): Promise<Run> {
  const { historyLength, historySize = 0, raw } = await temporal.workflow.getHandle(workflowId).describe();
  const transitions = Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0);
  return { events: historyLength, bytes: historySize, transitions };
}

async function backfillOf(world: BenchWorld, wearer: Wearer | undefined, days: number): Promise<void> {
  if (wearer === undefined) throw new Error('a patient of the bench is missing');
  const span = historyEndingNow(days);
  await world.openWearables.addSamples(wearer.owUserId, samplesOf(span));
  await readThroughTemporal(world, wearer.id, span);
}

/** Invited, redeemed, connected and read; answers which runs that were. */
async function onboard({ app, openWearables, temporal }: BenchWorld, { id: patientId, owUserId }: Wearer) {
  await app.settings.write('ow.backfill_days', '7', null);
  const client = await findClient(app.sql, CLIENT);
  if (client === undefined) throw new Error('the client of the bench is missing');
  const invitation = await issueInvitationFor(app, { patientId, client, issuedBy: MANAGER_MARY });
  await app.orchestration.redeemed(invitation.id);
  await app.orchestration.consented(invitation.id);
  const attempt = {
    ...{ attemptId: randomUUID(), patientId, provider: 'oura', connectionBefore: null },
    ...{ expiresAt: new Date(Date.now() + 900_000).toISOString(), onboardingId: invitation.workflowId },
  };
  await app.orchestration.startConnect(attempt, null);
  await pause(100);
  await openWearables.signIn(owUserId, 'oura');
  await app.orchestration.returned(attempt.attemptId);
  await temporal.workflow.getHandle(invitation.workflowId).result();
  await temporal.workflow.getHandle(ids.backfill(patientId)).result();
  return {
    onboarding: invitation.workflowId,
    'connect of it': ids.connect(attempt.attemptId),
    'backfill of 7 days after it': ids.backfill(patientId),
  };
}
