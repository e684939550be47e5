import { DAY, HOUR } from './scenario.js';
import type { Cpu } from './unit-costs.js';

/** How much there is of everything a piece of work passes through; `Infinity`: it is never waited for. */
export interface Capacity extends Readonly<Cpu> {
  /** Requests a second. */
  readonly requests: number;
  /** Patients whose reads a tick has under way at once. */
  readonly slots: number;
}

/** How long Open Wearables takes to answer, in seconds. */
export const ANSWER = 0.1;

/** A queue without end, first come, first served: a clock says when it is free. */
class Queue {
  freeAt = 0;

  constructor(private readonly perSecond: number) {}

  /** When so much that comes now has passed. */
  pass(now: number, amount: number): number {
    this.freeAt = (this.freeAt > now ? this.freeAt : now) + amount / this.perSecond;
    return this.freeAt;
  }
}

/** The queues that every piece of work passes through, side by side. */
export class Servers {
  /** CPU seconds by hour, and requests by second. */
  readonly used = {
    worker: new Float64Array(48),
    temporal: new Float64Array(48),
    postgres: new Float64Array(48),
  };
  readonly requests = new Float64Array(2 * DAY);
  readonly #worker: Queue;
  readonly #temporal: Queue;
  readonly #postgres: Queue;
  readonly #requests: Queue;
  readonly #slots: Queue;

  /** Each piece of work stands for `weight` of them. */
  constructor(
    capacity: Capacity,
    private readonly weight: number,
  ) {
    this.#worker = new Queue(capacity.worker);
    this.#temporal = new Queue(capacity.temporal);
    this.#postgres = new Queue(capacity.postgres);
    this.#requests = new Queue(capacity.requests);
    this.#slots = new Queue(capacity.slots);
  }

  /** When work that begins now, takes so much CPU of each process and asks so often, has gone through all of them. */
  serve(now: number, worker: number, temporal: number, postgres: number, requests: number): number {
    const { weight, used } = this;
    const hour = Math.floor(now / HOUR);
    used.worker[hour] = (used.worker[hour] ?? 0) + worker * weight;
    used.temporal[hour] = (used.temporal[hour] ?? 0) + temporal * weight;
    used.postgres[hour] = (used.postgres[hour] ?? 0) + postgres * weight;
    const asked = this.#requests.pass(now, requests * weight);
    const second = Math.min(Math.floor(asked), this.requests.length - 1);
    this.requests[second] = (this.requests[second] ?? 0) + requests * weight;
    const end = Math.max(
      asked,
      this.#worker.pass(now, worker * weight),
      this.#temporal.pass(now, temporal * weight),
      this.#postgres.pass(now, postgres * weight),
    );
    return end + requests * ANSWER;
  }

  /** When a tick may begin its next patient: nothing of it waits in front of a queue. */
  get nextSlot(): number {
    return Math.max(
      this.#worker.freeAt,
      this.#temporal.freeAt,
      this.#postgres.freeAt,
      this.#requests.freeAt,
      this.#slots.freeAt,
    );
  }

  takeSlot(now: number, end: number): void {
    this.#slots.pass(now, (end - now) * this.weight);
  }
}
