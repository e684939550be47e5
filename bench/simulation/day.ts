import { Agenda } from './agenda.js';
import { type Arrivals, arrivalsOf, randomFrom } from './arrivals.js';
import { ANSWER, type Capacity, Servers } from './capacity.js';
import { Patients } from './patients.js';
import { backfillWindows, pollPages } from './reads.js';
import { DAY, HOUR, MINUTE, PAGE, SAMPLES_A_DAY, type Scenario } from './scenario.js';
import { emptyTally, type Tally } from './tally.js';
import type { UnitCosts } from './unit-costs.js';

/** A sync is told by so many messages, one for each kind of data, one after the other. */
const MESSAGES = 3;
const BETWEEN_MESSAGES = 0.5;
/** The user list shows a sync this long before its data is there. */
const HINT_LEAD = 30;
/** What a run waits before it reads once more (`src/workflows/poll-patient.ts`). */
const PAUSE = 2;
/** When patients are compared with Open Wearables, how many at once, what is read of each, and how long a run may take. */
const RECONCILE = { at: 2.5 * HOUR, atOnce: 4, days: 7, longest: 20 * HOUR };
const END = 2 * DAY;

export interface SimulatedDay {
  readonly tally: Tally;
  readonly servers: Servers;
}

/** A day of arrivals against the planner: what happens, one thing after the other, and when it is done. */
export function simulateDay(scenario: Scenario, costs: UnitCosts, capacity: Capacity): SimulatedDay {
  const count = Math.min(scenario.patients, scenario.sample);
  const day = new Day(scenario, costs, capacity, count);
  day.run();
  return { tally: day.tally, servers: day.servers };
}

class Day {
  readonly tally: Tally;
  readonly servers: Servers;
  readonly #agenda = new Agenda();
  readonly #arrivals: Arrivals;
  readonly #patients: Patients;
  readonly #random: () => number;
  readonly #pagesOf: (now: number, position: number) => number;
  readonly #weight: number;
  /** Syncs of each patient that nobody has read: the newest, and of each sync the one before. */
  readonly #unread: Int32Array;
  readonly #before: Int32Array;
  #waiting = 0;
  /** How many syncs the user list has shown, and how many were told by each of their messages. */
  #hinted = 0;
  readonly #told = new Int32Array(MESSAGES);
  #tick: { readonly began: number; readonly due: readonly number[]; place: number; end: number } | undefined;

  constructor(
    private readonly scenario: Scenario,
    private readonly costs: UnitCosts,
    capacity: Capacity,
    count: number,
  ) {
    this.#weight = scenario.patients / count;
    this.servers = new Servers(capacity, this.#weight);
    this.#patients = new Patients(count, scenario.maxAge);
    this.#arrivals = arrivalsOf(count, scenario);
    this.#random = randomFrom(scenario.seed + 1);
    this.#pagesOf = pollPages(scenario.lookback);
    this.#unread = new Int32Array(count).fill(-1);
    this.#before = new Int32Array(this.#arrivals.at.length).fill(-1);
    this.tally = emptyTally(this.#arrivals.at.length);
  }

  run(): void {
    const { patients, reconcile, maxAge } = this.scenario;
    for (let patient = 0; patient < this.#patients.count; patient += 1) {
      this.#patients.readAt[patient] = -this.#random() * maxAge * MINUTE;
      this.#patients.position[patient] = -this.#random() * 4 * HOUR;
    }
    this.#agenda.add(this.scenario.interval * MINUTE, (now) => {
      this.#beginTick(now);
    });
    if (reconcile)
      this.#agenda.add(RECONCILE.at, (now) => {
        this.#reconcile(now, 0);
      });
    const connected = Math.round((patients * this.scenario.onboardings) / 100 / this.#weight);
    const windows = backfillWindows(this.scenario.backfillDays);
    for (let number = 0; number < connected; number += 1)
      this.#agenda.add((8 + 12 * this.#random()) * HOUR, (now) => {
        this.#backfill(now, windows);
      });
    while (this.#step());
  }

  /** Does what comes next; false: everything is over. */
  #step(): boolean {
    const job = this.#tick === undefined ? Infinity : Math.max(this.#tick.began, this.servers.nextSlot);
    let [first, at] = [-1, Infinity];
    for (let message = 0; message < MESSAGES; message += 1) {
      const told = (this.#arrivals.at[this.#told[message] ?? 0] ?? Infinity) + message * BETWEEN_MESSAGES;
      if (told < at) [first, at] = [message, told];
    }
    const next = Math.min(job, at, this.#agenda.next);
    if (next === Infinity || next > END) return false;
    if (next === at) this.#message(at, first);
    else if (next === this.#agenda.next) this.#agenda.run();
    else this.#readNext(next);
    return true;
  }

  #message(now: number, which: number): void {
    const sync = this.#told[which] ?? 0;
    this.#told[which] = sync + 1;
    const patient = this.#arrivals.patient[sync] ?? 0;
    if (which === 0) {
      this.tally.arrived += (this.#arrivals.samples[sync] ?? 0) * this.#weight;
      this.#before[sync] = this.#unread[patient] ?? -1;
      this.#unread[patient] = sync;
      this.#waiting += 1;
    }
    if ((sync * 61) % 100 >= this.scenario.webhooks) return;
    if (!this.#patients.receiveMessage(patient, now)) this.tally.gathered += this.#weight;
    else if ((this.#patients.busyUntil[patient] ?? 0) > now) this.#readAgain(patient);
    else this.#read(now, patient, 'nudged');
  }

  /** Whoever is nudged while being read is read once more by the same run. */
  #readAgain(patient: number): void {
    this.#agenda.add((this.#patients.busyUntil[patient] ?? 0) + PAUSE, (now) => {
      if (this.#patients.isNudged(patient)) this.#read(now, patient, 'round');
    });
  }

  #beginTick(now: number): void {
    const { interval, patients } = this.scenario;
    if (now < DAY || this.#waiting > 0)
      this.#agenda.add(now + interval * MINUTE, (later) => {
        this.#beginTick(later);
      });
    if (this.#tick !== undefined) {
      this.tally.skippedTicks += 1;
      return;
    }
    const first = this.#hinted;
    while ((this.#arrivals.at[this.#hinted] ?? Infinity) - HINT_LEAD < now) this.#hinted += 1;
    for (let sync = first; sync < this.#hinted; sync += 1)
      this.#patients.hint(this.#arrivals.patient[sync] ?? 0);
    const pages = Math.floor(((this.#hinted - first) * this.#weight) / PAGE) + 1;
    const { tick, idlePatient } = this.costs;
    const of = (process: 'worker' | 'temporal' | 'postgres') =>
      // One plan, however many patients each of the simulated ones stands for.
      (tick[process] + idlePatient[process] * patients) / this.#weight;
    this.servers.serve(now, of('worker'), of('temporal'), of('postgres'), pages / this.#weight);
    const began = now + tick.seconds + idlePatient.seconds * patients + (pages - 1) * ANSWER;
    const { due, shards } = this.#patients.plan(now);
    this.tally.ticks += 1;
    this.tally.shards += shards.length * this.#weight;
    this.#tick = { began, due, place: 0, end: began };
    if (due.length === 0) this.#endTick(now);
    else this.#tickBegan = now;
  }

  #tickBegan = 0;

  #readNext(now: number): void {
    const tick = this.#tick;
    const patient = tick?.due[tick.place];
    if (tick === undefined || patient === undefined) return;
    tick.place += 1;
    if ((this.#patients.busyUntil[patient] ?? 0) > now) {
      this.tally.inFlight += this.#weight;
    } else {
      const end = this.#read(now, patient, 'due');
      this.servers.takeSlot(now, end);
      tick.end = Math.max(tick.end, end);
    }
    if (tick.place < tick.due.length) return;
    this.#agenda.add(tick.end, () => {
      this.#endTick(this.#tickBegan);
    });
    this.#tick = { ...tick, began: Infinity };
  }

  #endTick(began: number): void {
    this.tally.tickSeconds.push((this.#tick?.end ?? began) - began);
    this.#tick = undefined;
  }

  /** Reads everything of the patient that can be read now; answers when it is stored. */
  #read(now: number, patient: number, why: keyof Tally['reads']): number {
    this.#patients.beginRead(patient);
    let samples = 0;
    const newest = this.#unread[patient] ?? -1;
    for (let sync = newest; sync >= 0; sync = this.#before[sync] ?? -1)
      samples += this.#arrivals.samples[sync] ?? 0;
    const pages = this.#pagesOf(now, this.#patients.position[patient] ?? 0);
    const { poll, knownPage, observation, newPage } = this.costs;
    const known = pages - 1;
    const corrected = newest >= 0 && this.#random() * 100 < this.scenario.corrections ? 1 : 0;
    const end = this.servers.serve(
      now,
      poll.worker + known * knownPage.worker + samples * observation.worker + corrected * newPage.worker,
      poll.temporal + known * knownPage.temporal,
      poll.postgres +
        known * knownPage.postgres +
        samples * observation.postgres +
        corrected * newPage.postgres,
      pages + 1,
    );
    for (let sync = newest; sync >= 0; sync = this.#before[sync] ?? -1) {
      this.tally.late[sync] = end - (this.#arrivals.at[sync] ?? 0);
      this.#waiting -= 1;
    }
    this.#unread[patient] = -1;
    if (samples > 0) this.#patients.position[patient] = now;
    this.#patients.endRead(patient, end);
    this.tally.stored += samples * this.#weight;
    this.tally.reads[why] += this.#weight;
    return end;
  }

  /** A window of the past, then the next one. */
  #backfill(now: number, [samples, ...older]: readonly number[]): void {
    if (samples === undefined) return;
    const pages = Math.ceil(samples / PAGE);
    const { newPage, poll } = this.costs;
    // One activity of the backfill, a quarter of what a run of its own would be.
    const end = this.servers.serve(
      ...([now, pages * newPage.worker, poll.temporal / 4, pages * newPage.postgres, pages + 2] as const),
    );
    this.tally.backfilled += samples * this.#weight;
    this.#agenda.add(end, (later) => {
      this.#backfill(later, older);
    });
  }

  /** One patient after the other, a few at once, until all are compared or the run has lasted too long. */
  #reconcile(now: number, patient: number): void {
    if (patient === this.#patients.count || now > RECONCILE.at + RECONCILE.longest) return;
    const pages = Math.ceil((RECONCILE.days * SAMPLES_A_DAY) / PAGE);
    const { worker, temporal, postgres } = this.costs.knownPage;
    const end = this.servers.serve(now, pages * worker, pages * temporal, pages * postgres, pages + 2);
    this.tally.reconciled += this.#weight;
    this.#agenda.add(now + ((end - now) * this.#weight) / RECONCILE.atOnce, (later) => {
      this.#reconcile(later, patient + 1);
    });
  }
}
