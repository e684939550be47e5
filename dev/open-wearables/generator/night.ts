import { HOUR, MINUTE } from '../instant.js';
import type { Instant } from '../instant.js';
import { between, chance } from '../noise.js';
import { startOfDay } from './ring.js';
import type { Ring } from './ring.js';

export type Stage = 'awake' | 'light' | 'deep' | 'rem';

export interface StageInterval {
  readonly stage: Stage;
  readonly start: Instant;
  readonly end: Instant;
}

/** One sleep session; `day` is the local day on which it ended. */
export interface Night {
  readonly day: number;
  readonly start: Instant;
  readonly end: Instant;
  readonly isNap: boolean;
  readonly stages: readonly StageInterval[];
}

/** Minutes of one cycle: less deep and more rem sleep towards the morning, sometimes a short waking. */
function cycle(seed: number, day: number, number: number): readonly (readonly [Stage, number])[] {
  const part = (salt: number, low: number, high: number) =>
    Math.round(between(low, high, seed, day, number, salt));
  const deep = Math.max(4, 34 - 7 * number + part(1, -6, 6));
  const rem = 8 + 6 * number + part(2, -4, 6);
  const waking = chance(seed, day, number, 3) < 0.45 ? part(4, 2, 9) : 0;
  return [
    ['light', part(5, 18, 32)],
    ['deep', deep],
    ['light', part(6, 12, 26)],
    ['rem', rem],
    ['awake', waking],
  ];
}

function stagesBetween(seed: number, day: number, start: Instant, end: Instant): StageInterval[] {
  const intervals: StageInterval[] = [];
  let from = start;
  for (let number = 0; from < end; number += 1) {
    for (const [stage, minutes] of cycle(seed, day, number)) {
      const to = Math.min(end, from + minutes * MINUTE);
      if (to > from) intervals.push({ stage, start: from, end: to });
      from = to;
    }
  }
  return intervals;
}

/** The main sleep that ends on a local day. */
export function nightOf(ring: Ring, day: number): Night {
  const noonBefore = startOfDay(ring, day) - 12 * HOUR;
  const lateness = Math.round(between(-45, 60, ring.seed, day, 20));
  const start = noonBefore + Math.round(ring.bedtime + lateness) * MINUTE;
  const end = start + Math.round(ring.nightMinutes + between(-50, 45, ring.seed, day, 21)) * MINUTE;
  return { day, start, end, isNap: false, stages: stagesBetween(ring.seed, day, start, end) };
}

/** An afternoon nap, on about one day in twelve. */
export function napOf(ring: Ring, day: number): Night | undefined {
  if (chance(ring.seed, day, 22) > 0.08) return undefined;
  const start = startOfDay(ring, day) + 13 * HOUR + Math.round(between(0, 90, ring.seed, day, 23)) * MINUTE;
  const end = start + Math.round(between(20, 40, ring.seed, day, 24)) * MINUTE;
  return { day, start, end, isNap: true, stages: stagesBetween(ring.seed, day + 0.5, start, end) };
}

/** How deep the sleep is at an instant, 0 awake to 1 deep: heart rate falls and variability rises with it. */
export function depthAt(night: Night, at: Instant): number {
  const stage = night.stages.find((interval) => at < interval.end)?.stage ?? 'awake';
  return { awake: 0, rem: 0.45, light: 0.65, deep: 1 }[stage];
}
