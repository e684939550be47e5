import { setTimeout as pause } from 'node:timers/promises';
import { between } from '../../dev/open-wearables/noise.js';
import { markDue } from '../../src/db/due-patients.js';
import { NamedError } from '../../src/errors.js';
import { savePatientSyncs } from '../../src/db/patient-sync.js';
import { inPool } from '../../src/workflows/pool.js';
import { answer } from '../chaos/api.js';
import { brokenPromises, lostOf } from '../chaos/oracle.js';
import { welcome, type Person } from '../chaos/person.js';
import type { Round } from '../chaos/play.js';
import { openOf } from '../chaos/quiet.js';
import type { ChaosWorld } from '../chaos/world.js';
import { beFaulty } from './faults.js';
import { spreadOf, watchProcesses, type ProcessFigures, type Spread } from './figures.js';

export interface SoakOptions {
  readonly minutes: number;
  readonly patients: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly options: Omit<SoakOptions, 'say'>;
  readonly samplesShown: number;
  readonly observations: number;
  readonly requests: number;
  readonly faults: number;
  readonly kills: number;
  readonly agreementsStopped: number;
  readonly ticks: Ticks;
  /** Milliseconds from the moment that a sample is shown until it is stored. */
  readonly latencyMs: Spread;
  readonly processes: readonly ProcessFigures[];
  /** From the end of all trouble until everything is stored and nothing runs. */
  readonly settledMs: number;
  /** Every broken promise, in words. */
  readonly broken: readonly string[];
}

export interface Ticks {
  begun: number;
  /** The poll before still ran. */
  skipped: number;
  /** Temporal did not begin it within 10 s. */
  unanswered: number;
  /** More than a second after its time. */
  late: number;
}

const TICK_MS = 10_000;
const KILL_MS = 60_000;
const FAULTY_SHARE = 0.01;
/** Of the patients, those whose rings have something new at a tick. */
const MEASURING_SHARE = 0.05;
const SAMPLES = 5;
const AT_ONCE = 8;
const PATIENCE_MS = 600_000;

/** Plays the time, mends everything, waits until nothing moves, and compares all patients with what was shown. */
export async function soak(world: ChaosWorld, { say, ...options }: SoakOptions): Promise<SoakResult> {
  let drawn = 0;
  const chance = () => between(0, 1, options.seed, (drawn += 1));
  await world.app.settings.write('ow.ingest_mode', 'normalized', null);
  const persons: Person[] = [];
  await inPool(Array.from({ length: options.patients }), AT_ONCE, async () => {
    persons.push(await welcome(world, 'normalized', false));
  });
  const round: Round = { world, mode: 'normalized', persons, began: Date.now() };
  // As after a quiet hour: nobody is due.
  const quiet = { pollId: 'before', outcome: 'nothing new', created: 0, failure: null } as const;
  await savePatientSyncs(
    world.app.sql,
    persons.map(({ id }) => ({ patientId: id, ...quiet })),
  );
  say(`${persons.length} patients are connected`);

  world.sandbox.control.requests.clear();
  const faults = beFaulty(world.sandbox, FAULTY_SHARE, chance);
  const { api, 'worker 1': survivor } = world.processes;
  const watching = new AbortController();
  const pids = { api: api.pid ?? 0, 'worker 1': survivor.pid ?? 0 };
  const watched = watchProcesses(pids, watching.signal);
  const shownAt = new Map<string, number>();
  const ticks: Ticks = { begun: 0, skipped: 0, unanswered: 0, late: 0 };
  const end = performance.now() + options.minutes * 60_000;
  const triggers: Promise<void>[] = [];
  const [, kills, stopped] = await Promise.all([
    every(TICK_MS, end, async (lateMs) => {
      if (lateMs > 1_000) ticks.late += 1;
      await measure(round, chance, shownAt);
      const trigger = tick(world, ticks);
      trigger.catch(() => undefined);
      triggers.push(trigger);
    }),
    every(KILL_MS, end, async () => {
      await world.processes['worker 2'].kill();
      void world.processes['worker 2'].up();
      say(`${shownAt.size} samples shown, ${ticks.begun} polls begun, ${ticks.skipped} skipped`);
    }),
    every(KILL_MS, end, () => stopOne(round, chance)),
  ]);
  await Promise.all(triggers);
  const requests = world.sandbox.control.requests.length;
  world.sandbox.control.faults.clear();
  await world.processes['worker 2'].up();
  const healed = performance.now();
  const broken = await settle(round);
  const settledMs = performance.now() - healed;
  watching.abort();
  const processes = await watched;
  await inPool(persons, AT_ONCE, async (person) => {
    broken.push(...(await brokenPromises(round, person)));
  });
  const latencies = await latenciesOf(round, shownAt);
  return {
    ...{ options, samplesShown: shownAt.size, observations: latencies.length, requests, faults: faults() },
    ...{ kills, agreementsStopped: stopped, ticks, latencyMs: spreadOf(latencies) },
    ...{ processes, settledMs, broken },
  };
}

/** Does something at its times, the first one period from now; answers how often. */
async function every(periodMs: number, end: number, act: (lateMs: number) => Promise<void>): Promise<number> {
  const began = performance.now();
  let times = 0;
  for (let next = began + periodMs; next < end; next += periodMs) {
    await pause(Math.max(0, next - performance.now()));
    await act(performance.now() - next);
    times += 1;
  }
  await pause(Math.max(0, end - performance.now()));
  return times;
}

/** Some rings measure, and Open Wearables says whose: they are due. Now and then one corrects what it said before. */
async function measure(
  { world, persons }: Round,
  chance: () => number,
  shownAt: Map<string, number>,
): Promise<void> {
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  for (const person of persons) {
    if (chance() >= MEASURING_SHARE) continue;
    const placed = Array.from({ length: SAMPLES }, (_, index) => ({
      ...{ series: 'heart_rate', at: now - 2_000 * index, value: 50 + Math.floor(40 * chance()) },
    }));
    await person.show(placed);
    for (const { at } of placed) shownAt.set(`${person.id} ${at}`, Date.now());
    const [oldest] = chance() < 0.05 ? person.shown() : [];
    if (oldest !== undefined) await person.show([{ ...oldest, value: 100 }]);
    await markDue(world.app.sql, person.id, 'webhook');
  }
}

async function tick({ app }: ChaosWorld, ticks: Ticks): Promise<void> {
  const begun = await app.orchestration.triggerPoll().catch((thrown: unknown) => {
    if (thrown instanceof NamedError && thrown.name === 'ScheduleSilent') return 'unanswered' as const;
    throw thrown;
  });
  if (begun === 'unanswered') ticks.unanswered += 1;
  else if (begun === undefined) ticks.skipped += 1;
  else ticks.begun += 1;
}

/** A patient does not agree to heart rate any more; the ring goes on. */
async function stopOne({ world, persons }: Round, chance: () => number): Promise<void> {
  const person = persons[Math.floor(chance() * persons.length)];
  if (person === undefined) return;
  const askedAt = Date.now();
  await answer(world, person.id, 'heart_rate', false);
  const stop = { series: 'heart_rate', isAgreed: false } as const;
  person.answers.push({ ...stop, askedAt, acknowledgedAt: Date.now() });
}

/** Polls, of those who are due, until everything is stored and nothing runs; answers what does not come true. */
async function settle(round: Round): Promise<string[]> {
  const { orchestration } = round.world.app;
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const workflowId = await orchestration.triggerPoll();
    if (workflowId !== undefined) await orchestration.pollResult(workflowId);
    const open = await openOf(round);
    const lost: string[] = [];
    if (open.length === 0)
      await inPool(round.persons, AT_ONCE, async (person) => {
        lost.push(...(await lostOf(round, person)));
      });
    if (open.length === 0 && lost.length === 0) return [];
    if (performance.now() > deadline)
      return [`stuck: ${open.length} workflows open, ${lost.length} samples lost`];
    await pause(500);
  }
}

/** Of all that is stored of what was shown, in milliseconds. */
async function latenciesOf(
  { world, persons }: Round,
  shownAt: ReadonlyMap<string, number>,
): Promise<number[]> {
  const rows = await world.app.sql<{ id: number; start: Date; recorded: Date }[]>`
    select patient_id as id, effective_start as start, recorded_at as recorded from observations
    where patient_id = any(${persons.map(({ id }) => id)})`;
  return rows.flatMap(({ id, start, recorded }) => {
    const at = shownAt.get(`${id} ${start.getTime()}`);
    return at === undefined ? [] : [Math.max(0, recorded.getTime() - at)];
  });
}
