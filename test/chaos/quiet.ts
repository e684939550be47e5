import { setTimeout as pause } from 'node:timers/promises';
import { connectionsOf, saveConnection } from '../../src/db/connections.js';
import { DAY_MS, OURA } from '../helpers/connected-patient.js';
import { lostOf } from './oracle.js';
import type { Person } from './person.js';
import { backfill, poll, upstreamSyncs, type Round } from './play.js';
import { HISTORY_DAYS, RUN_MS } from './world.js';

const PATIENCE_MS = 150_000;
const BETWEEN_LOOKS_MS = 100;
/** What every poll reads again, less the time that a round takes. */
const LOOKBACK_MS = 0.98 * DAY_MS;

/** Mends the world: links, upstream, processes. What the round did beside the steps may end now. */
export async function heal({ world, persons }: Round): Promise<void> {
  for (const link of Object.values(world.links)) await link.set(null);
  world.sandbox.control.faults.clear();
  world.sandbox.control.setVendor(OURA.provider, null);
  const deadline = performance.now() + PATIENCE_MS;
  const up = Promise.all(Object.values(world.processes).map((process) => process.up()));
  await within(deadline, 'all processes run', up);
  const answered = Promise.all(persons.map(({ pending }) => pending));
  await within(deadline, 'all answers stand', answered);
}

/**
 * Waits until nothing moves any more, and all of the last day is stored: with polls alone, as they come. What a patient
 * paused goes on, and who agrees to anything connects again.
 */
export async function untilQuiet(round: Round): Promise<void> {
  const { world, persons } = round;
  const deadline = performance.now() + PATIENCE_MS;
  for (const { id } of persons) await world.app.orchestration.steerBackfill(id, 'resume');
  await settled(round, deadline, (id) => id.startsWith('disconnect/'));
  for (const person of persons) await reconnect(round, person);
  for (;;) {
    const workflowId = await poll(round);
    if (workflowId !== undefined)
      await within(deadline, 'the poll ends', world.app.orchestration.pollResult(workflowId));
    await settled(round, deadline, () => true);
    const lost = await lostRecently(round);
    if (lost.length === 0) return;
    if (performance.now() > deadline) throw new Error(`polls do not find: ${lost.slice(0, 3).join('; ')}`);
  }
}

/** Older days, as the night has it: corrections and what came late. */
export async function reconcile({ world, persons, mode }: Round): Promise<void> {
  if (mode === 'raw') return;
  const { orchestration } = world.app;
  const deadline = performance.now() + PATIENCE_MS;
  for (const { id } of persons) {
    const workflowId = await orchestration.startReconcile({ patientId: id, days: HISTORY_DAYS + 1 });
    const result = await within(deadline, 'the comparison ends', orchestration.reconcileResult(workflowId));
    if (!result.isComplete) throw new Error(`patient ${id} could not be compared: ${result.message}`);
  }
}

/** The open workflows of the round. */
export async function openOf({ world, persons }: Round): Promise<string[]> {
  const ids = persons.map(({ id }) => String(id));
  const open: string[] = [];
  for await (const { workflowId } of world.temporal.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
    const isOurs = workflowId.split('/').some((part) => ids.includes(part));
    if (isOurs || workflowId.startsWith('ow-')) open.push(workflowId);
  }
  return open;
}

async function settled(round: Round, deadline: number, isMeant: (id: string) => boolean): Promise<void> {
  for (;;) {
    const open = (await openOf(round)).filter(isMeant);
    if (open.length === 0) return;
    if (performance.now() > deadline) throw new Error(`still open: ${open.join(', ')}`);
    await pause(BETWEEN_LOOKS_MS);
  }
}

async function lostRecently(round: Round): Promise<string[]> {
  const since = Date.now() - LOOKBACK_MS;
  return (await Promise.all(round.persons.map((person) => lostOf(round, person, since)))).flat();
}

/** Whose last agreement ended lost the connection with it; a new agreement means a new sign-in. */
async function reconnect({ world, mode }: Round, person: Person): Promise<void> {
  const { app, sandbox } = world;
  const agrees = person.answers.some(
    ({ series, isAgreed }, index) =>
      isAgreed && !person.answers.slice(index + 1).some((later) => later.series === series),
  );
  const isActive = (await connectionsOf(app.sql, person.id)).some(({ status }) => status === 'active');
  if (agrees && !isActive) {
    sandbox.control.setConnection(person.owUserId, OURA.provider, { status: 'active' });
    await saveConnection(app.sql, person.id, OURA.provider, 'active');
    await backfill(world, person, HISTORY_DAYS);
  }
  if (mode === 'raw') return;
  // What failed inside Open Wearables comes with its next history run.
  await upstreamSyncs(world, person, 2);
  await pause(RUN_MS);
}

async function within<Result>(deadline: number, what: string, work: Promise<Result>): Promise<Result> {
  const late = pause(Math.max(0, deadline - performance.now()), undefined, { ref: false }).then(() => {
    throw new Error(`waited in vain until ${what}`);
  });
  return Promise.race([work, late]);
}
