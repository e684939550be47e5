import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerProcess } from '../helpers/worker-process.js';

const BEFORE_ANOTHER_TRY_MS = 200;
/** More than any fault makes necessary. */
const MOST_TRIES = 50;

/** A process as a supervisor keeps it: wanted, it is started until it runs, and again when it ends by itself. */
export class Supervised {
  #running: WorkerProcess | undefined;
  #isWanted = false;
  #starting: Promise<void> | undefined;
  #endings = 0;

  constructor(private readonly start: () => Promise<WorkerProcess>) {}

  /** How often it ended by itself after it ran. */
  get endings(): number {
    return this.#endings;
  }

  /** Of the process that runs; undefined while none does. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Wants it from now on; settles when it runs, which may take as long as a fault does; rejects when it never does. */
  async up(): Promise<void> {
    this.#isWanted = true;
    this.#starting ??= this.#startUntilItRuns().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end((running) => running.kill());
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    await this.#end((running) => running.stop());
  }

  async #end(how: (running: WorkerProcess) => Promise<unknown>): Promise<void> {
    this.#isWanted = false;
    const running = this.#running;
    this.#running = undefined;
    // It may have ended by itself a moment ago.
    if (running !== undefined) await how(running).catch(() => undefined);
  }

  async #startUntilItRuns(): Promise<void> {
    for (let tries = 1; this.#isWanted && this.#running === undefined; tries += 1) {
      try {
        this.#keep(await this.start());
      } catch (thrown) {
        if (tries === MOST_TRIES) throw thrown;
        await pause(BEFORE_ANOTHER_TRY_MS);
      }
    }
  }

  /** One that nobody wants any more by the time it runs is ended. */
  #keep(started: WorkerProcess): void {
    if (!this.#isWanted) {
      void started.kill();
      return;
    }
    this.#running = started;
    void started.gone.then(() => {
      this.#noticeEnd(started);
    });
  }

  #noticeEnd(ended: WorkerProcess): void {
    if (this.#running !== ended) return;
    this.#running = undefined;
    this.#endings += 1;
    this.up().catch(() => undefined);
  }
}
