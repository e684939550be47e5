import { setTimeout as pause } from 'node:timers/promises';
import { markDue } from '../../src/db/due-patients.js';
import { NamedError } from '../../src/errors.js';
import { DAY_MS, OURA } from '../helpers/connected-patient.js';
import { answer } from './api.js';
import { RAW_SERIES, type Person, type Shown } from './person.js';
import type { Script, Step } from './script.js';
import type { ChaosWorld } from './world.js';

const MINUTE_MS = 60_000;

/** One round of a world: its patients, and whether they are read from the API or from raw payloads. */
export interface Round {
  readonly world: ChaosWorld;
  readonly mode: Script['mode'];
  readonly persons: readonly Person[];
  /** The full minute before the round began: samples are placed before it. */
  readonly began: number;
}

/** Does what a step says. What only ends when a fault does is left to run beside the steps that follow. */
export async function play(round: Round, step: Step): Promise<void> {
  const { world } = round;
  const { control } = world.sandbox;
  switch (step.do) {
    case 'fault':
      return world.links[step.link].set(step.fault);
    case 'kill':
      return world.processes[step.process].kill();
    case 'stop':
      // It drains for as long as what it does takes.
      void world.processes[step.process].stop();
      return;
    case 'start':
      // Whoever heals the round waits for it.
      world.processes[step.process].up().catch(() => undefined);
      return;
    case 'upstream fails': {
      const internal = { status: 500, body: 'Internal Server Error', contentType: 'text/plain' };
      control.faults.failNext({ path: /^\/api\/v1\/users/ }, internal, step.times);
      return;
    }
    case 'type missing':
      control.setVendor(OURA.provider, step.isMissing ? 'heart-rate-fails' : null);
      return;
    case 'upstream syncs':
      return upstreamSyncs(world, personOf(round, step.patient), step.days);
    case 'consent':
      consent(round, step);
      return;
    case 'samples':
      return samples(round, step);
    case 'correction':
      return correct(personOf(round, step.patient), step);
    case 'pass':
      return pause(step.ms);
    case 'poll':
      await poll(round);
      return;
    case 'nudge':
      return world.app.orchestration.nudge(personOf(round, step.patient).id);
    case 'backfill':
      return backfill(world, personOf(round, step.patient), step.days);
    case 'steer':
      await world.app.orchestration.steerBackfill(personOf(round, step.patient).id, step.signal);
  }
}

/** Has the patients of the round read; a poll that runs already is enough. Answers what to wait for. */
export async function poll({ world: { app }, persons }: Round): Promise<string | undefined> {
  for (const { id } of persons) await markDue(app.sql, id, 'operator');
  return app.orchestration.triggerPoll().catch((thrown: unknown) => {
    // The one that ran has ended in the moment of the trigger.
    if (thrown instanceof NamedError && thrown.name === 'ScheduleSilent') return undefined;
    throw thrown;
  });
}

export async function backfill({ app }: ChaosWorld, { id }: Person, days: number): Promise<void> {
  const to = new Date();
  const from = new Date(to.getTime() - days * DAY_MS);
  await app.orchestration.requestBackfill(id, { from: from.toISOString(), to: to.toISOString(), anew: true });
}

/** A history run at Open Wearables and two live syncs beside it, which are skipped, leave no run and stamp all the same. */
export async function upstreamSyncs({ sandbox }: ChaosWorld, person: Person, days: number): Promise<void> {
  const base = `${sandbox.url}/api/v1/providers/${OURA.provider}/users/${person.owUserId}/sync`;
  const headers = { 'x-open-wearables-api-key': sandbox.apiKey };
  for (const path of [`/historical?days=${days}`, '', ''])
    await fetch(base + path, { method: 'POST', headers }).then((response) => response.text());
}

export function personOf({ persons }: Round, index: number): Person {
  const person = persons[index % persons.length];
  if (person === undefined) throw new Error('a round has patients');
  return person;
}

function consent(round: Round, step: Step & { do: 'consent' }): void {
  const person = personOf(round, step.patient);
  const { series, isAgreed } = step;
  person.pending = person.pending.then(async () => {
    const askedAt = Date.now();
    await answer(round.world, person.id, series, isAgreed);
    person.answers.push({ series, isAgreed, askedAt, acknowledgedAt: Date.now() });
  });
  // Whoever waits for it in the end hears of it.
  person.pending.catch(() => undefined);
}

async function samples(round: Round, step: Step & { do: 'samples' }): Promise<void> {
  const series = round.mode === 'raw' && step.series === 'heart_rate' ? RAW_SERIES : step.series;
  // What is measured at this very moment lies just before or after a change of consents.
  const latest = step.minutesAgo === 0 ? Date.now() : round.began - step.minutesAgo * MINUTE_MS;
  const placed = Array.from({ length: step.count }, (_, index) => ({
    ...{ series, at: latest - index * MINUTE_MS, value: 50 + (index % 40) },
  }));
  const person = personOf(round, step.patient);
  if (!step.isReadable) person.unreadable += step.count;
  await person.show(placed, step.isReadable);
}

/** A measurement that the script placed, or the vendor, gets another value. */
async function correct(person: Person, { nth, value }: Step & { do: 'correction' }): Promise<void> {
  const shown = person.shown();
  const found: Shown | undefined = shown[nth % Math.max(1, shown.length)];
  if (found === undefined) return;
  await person.show([{ ...found, value }]);
}
