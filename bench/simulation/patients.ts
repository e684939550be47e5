import { shardCutter } from '../../src/activities/shards.js';
import type { Shard } from '../../src/workflows/contract.js';
import { MINUTE } from './scenario.js';

/** Why somebody is due (`due_patients.reason`). */
export const MARK = { none: 0, hint: 1, hintAgain: 2, webhook: 3 } as const;
/** A nudge that nobody took within a minute got lost: the next message nudges again. */
const NUDGE_LASTS = MINUTE;
const NEVER = -1e12;

/**
 * What the database knows of each patient: the rules are those of `src/db/sweep.ts`, `patient-sync.ts` and
 * `webhook-messages.ts`, which `test/bench/planning.int.test.ts` compares with these.
 */
export class Patients {
  readonly marks: Uint8Array;
  /** When each was read last, and until when a run of theirs reads; seconds of the day. */
  readonly readAt: Float64Array;
  readonly busyUntil: Float64Array;
  readonly #nudgedAt: Float64Array;
  /** The newest sample that was seen of each. */
  readonly position: Float64Array;

  constructor(
    readonly count: number,
    private readonly maxAge: number,
  ) {
    this.marks = new Uint8Array(count);
    this.readAt = new Float64Array(count);
    this.busyUntil = new Float64Array(count).fill(NEVER);
    this.#nudgedAt = new Float64Array(count).fill(NEVER);
    this.position = new Float64Array(count);
  }

  isDue(patient: number, now: number): boolean {
    return this.marks[patient] !== MARK.none || now - (this.readAt[patient] ?? 0) > this.maxAge * MINUTE;
  }

  /** Everybody who is due, as the product cuts them into shards; ids are places from 1 on. */
  plan(now: number): { due: number[]; shards: readonly Shard[] } {
    const cutter = shardCutter();
    const due: number[] = [];
    for (let patient = 0; patient < this.count; patient += 1) {
      if (!this.isDue(patient, now)) continue;
      due.push(patient);
      cutter.add(patient + 1);
    }
    return { due, shards: cutter.end() };
  }

  hint(patient: number): void {
    this.marks[patient] = MARK.hint;
  }

  /** A message of Open Wearables: answers whether it nudges; others are gathered by the nudge before. */
  receiveMessage(patient: number, now: number): boolean {
    if (this.marks[patient] === MARK.none) this.marks[patient] = MARK.webhook;
    if ((this.#nudgedAt[patient] ?? NEVER) >= now - NUDGE_LASTS) return false;
    this.#nudgedAt[patient] = now;
    return true;
  }

  isNudged(patient: number): boolean {
    return this.#nudgedAt[patient] !== NEVER;
  }

  beginRead(patient: number): void {
    this.#nudgedAt[patient] = NEVER;
  }

  /** A hint is followed by a second read; every other mark is done. */
  endRead(patient: number, end: number): void {
    this.marks[patient] = this.marks[patient] === MARK.hint ? MARK.hintAgain : MARK.none;
    this.readAt[patient] = end;
    this.busyUntil[patient] = end;
  }
}
