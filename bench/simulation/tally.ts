/** What happened in a simulated day; counts are of all patients, also where some stand for others. */
export interface Tally {
  /** Samples that arrived, those that were stored, and those among them that were read more than once. */
  arrived: number;
  stored: number;
  /** Reads of patients by what caused them, further rounds of a run that was nudged again, and those in flight. */
  readonly reads: { nudged: number; round: number; due: number };
  inFlight: number;
  gathered: number;
  backfilled: number;
  reconciled: number;
  ticks: number;
  skippedTicks: number;
  shards: number;
  readonly tickSeconds: number[];
  /** Seconds from the moment that samples can be read to that in which they are stored, by sync. */
  late: Float32Array;
}

export function emptyTally(syncs: number): Tally {
  return {
    ...{ arrived: 0, stored: 0, reads: { nudged: 0, round: 0, due: 0 }, inFlight: 0, gathered: 0 },
    ...{ backfilled: 0, reconciled: 0, ticks: 0, skippedTicks: 0, shards: 0, tickSeconds: [] },
    late: new Float32Array(syncs),
  };
}

export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
