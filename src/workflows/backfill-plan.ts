import type { BackfillProgress, BackfillRequest, BackfillState, Counts, HistoryRead } from './contract.js';
import { addCounts, NO_COUNTS } from './counts.js';
import { daysOf, joined, newestWindow, shortened, spanOf, without, type Span } from './windows.js';

const WINDOW_DAYS = 7;

/** What a backfill has left to read, is reading and has read: spans, so that it does not grow with the days. */
export class BackfillPlan {
  #left: readonly Span[];
  #done: readonly Span[];
  #underWay: Span | undefined;
  #windowsDone: number;
  #daysDone: number;
  #readingMs: number;
  #counts: Counts;
  #updatedAt: number;

  /** Without `merges` each request is read on its own, as it was in earlier versions. */
  constructor(
    private readonly merges: boolean,
    resume: BackfillState | undefined,
    now: number,
  ) {
    this.#left = (resume?.requests ?? []).flatMap((request) => spanOf(request, now) ?? []);
    this.#done = resume?.done ?? [];
    this.#windowsDone = resume?.windowsDone ?? 0;
    this.#daysDone = resume?.daysDone ?? this.#windowsDone * WINDOW_DAYS;
    this.#readingMs = resume?.readingMs ?? 0;
    this.#counts = { ...NO_COUNTS, ...resume?.counts };
    this.#updatedAt = now;
  }

  /** Adds what is neither read nor under way; of a request that is to be read anew, everything. */
  ask(request: BackfillRequest, now: number): void {
    const span = this.merges ? spanOf(request, now) : request;
    if (span === undefined) return;
    const covered = this.#underWay === undefined ? this.#done : [...this.#done, this.#underWay];
    const pieces = this.merges && request.anew !== true ? without(span, covered) : [span];
    this.#left = this.#arranged([...this.#left, ...pieces]);
  }

  /** Forgets what is left to read. */
  clear(): void {
    this.#left = [];
    this.#underWay = undefined;
  }

  /** What is read next; undefined when nothing is left. */
  get next(): Span | undefined {
    return this.#left[0];
  }

  /** What the next span waited for is there: all of it is read, whatever was read before. */
  awaited(): void {
    this.#left = this.#arranged(
      this.#left.map(({ awaitHistoryOf, ...span }, index) =>
        index === 0 || awaitHistoryOf === undefined ? span : { ...span, awaitHistoryOf },
      ),
    );
  }

  /** Takes the next window, newest first; undefined when the next span has no length. */
  begin(now: number): Span | undefined {
    const [span, ...others] = this.#left;
    if (span === undefined) return undefined;
    const { window, older } = newestWindow(span, WINDOW_DAYS);
    this.#left = [...older, ...others];
    this.#underWay = window;
    this.#updatedAt = now;
    return window;
  }

  /** What was read of the window's first day before the window begins is left out of what follows. */
  finish(window: Span, { from = window.from, ...counts }: HistoryRead, now: number): void {
    if (this.#underWay === window) this.#underWay = undefined;
    const daysLeft = daysOf(this.#left);
    this.#left = this.#left.flatMap((span) => shortened(span, window, from));
    this.#done = joined([...this.#done, { ...window, from: from < window.from ? from : window.from }]);
    this.#windowsDone += 1;
    this.#daysDone += daysOf([window]) + daysLeft - daysOf(this.#left);
    this.#readingMs += now - this.#updatedAt;
    this.#counts = addCounts(this.#counts, counts);
    this.#updatedAt = now;
  }

  /** How far it is, in the numbers that people watch. */
  progress(state: BackfillProgress['state']): Omit<BackfillProgress, 'startedAt' | 'failure'> {
    const ahead = this.#underWay === undefined ? this.#left : [this.#underWay, ...this.#left];
    const daysLeft = daysOf(ahead);
    const daysTotal = this.#daysDone + daysLeft;
    const windowsLeft = ahead.reduce((sum, span) => sum + Math.ceil(daysOf([span]) / WINDOW_DAYS), 0);
    const msLeft = this.#daysDone === 0 ? null : (this.#readingMs * daysLeft) / this.#daysDone;
    const hasEnded = ['done', 'cancelled', 'failed'].includes(state);
    return {
      ...this.#counts,
      state,
      percent: state === 'done' ? 100 : Math.floor((100 * this.#daysDone) / (daysTotal || 1)),
      windowsDone: this.#windowsDone,
      windowsTotal: this.#windowsDone + windowsLeft,
      daysDone: rounded(this.#daysDone),
      daysTotal: rounded(daysTotal),
      rate: this.#readingMs === 0 ? null : rounded((1000 * this.#counts.seen) / this.#readingMs),
      eta: state !== 'running' || msLeft === null ? null : new Date(this.#updatedAt + msLeft).toISOString(),
      window: hasEnded || this.#underWay === undefined ? null : timesOf(this.#underWay),
    };
  }

  /** What the next run of the workflow needs to know. */
  state(): Omit<BackfillState, 'startedAt' | 'paused'> {
    return {
      requests: this.#left,
      done: this.#done,
      windowsDone: this.#windowsDone,
      daysDone: this.#daysDone,
      readingMs: this.#readingMs,
      counts: this.#counts,
    };
  }

  #arranged(spans: readonly Span[]): readonly Span[] {
    return this.merges ? joined(spans) : spans;
  }
}

function timesOf({ from, to }: Span): { readonly from: string; readonly to: string } {
  return { from, to };
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}
