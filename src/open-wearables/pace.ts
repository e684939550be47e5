import { setTimeout as pause } from 'node:timers/promises';
import { OpenWearablesFailure } from './failures.js';

/** One pace for all calls to an upstream: so many a second, and none while it has asked for rest. */
export class Pace {
  readonly #gapMs: number;
  /** When the next call may go, and until when none may; by the clock of `performance`. */
  #next = 0;
  #restUntil = 0;

  constructor(perSecond: number) {
    this.#gapMs = 1000 / perSecond;
  }

  /** Settles when it is the caller's turn; throws RateLimited when that is more than `patienceMs` away. */
  async turn(patienceMs: number, signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + patienceMs;
    do {
      const now = performance.now();
      const turn = Math.max(now, this.#next);
      if (turn > deadline)
        throw new OpenWearablesFailure('RateLimited', { retryAfterMs: Math.ceil(turn - now) });
      this.#next = turn + this.#gapMs;
      if (turn > now) await pause(turn - now, undefined, signal ? { signal } : {});
      // Who waited already when the upstream asked for rest waits for another turn.
    } while (performance.now() < this.#restUntil);
  }

  /** Nobody's turn comes before this time is over. */
  rest(ms: number): void {
    this.#restUntil = Math.max(this.#restUntil, performance.now() + ms);
    this.#next = Math.max(this.#next, this.#restUntil);
  }
}
