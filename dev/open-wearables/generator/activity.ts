import { HOUR } from '../instant.js';
import type { Instant } from '../instant.js';
import { between } from '../noise.js';
import { startOfDay } from './ring.js';
import type { Ring } from './ring.js';
import { caloriesOf, workoutOf } from './workout.js';

/** Totals of a local day so far. Units: count, kcal, metres, minutes. */
export interface DayTotals {
  readonly at: Instant;
  readonly steps: number;
  readonly energy: number;
  readonly distance_walking_running: number;
  readonly active_time: number;
}

/** How much of a day's walking is done by an hour: little before seven, most by nine in the evening. */
function shareWalked(hour: number): number {
  return 1 / (1 + Math.exp(-(hour - 14) / 2.6));
}

/** The vendor's day starts at four in the morning; its document is rewritten while the day lasts. */
export function dayTotals(ring: Ring, day: number, until: Instant): DayTotals | undefined {
  const at = startOfDay(ring, day) + 4 * HOUR;
  if (until < at) return undefined;
  const hour = Math.min(28, Math.floor((until - at) / (HOUR / 4)) / 4 + 4);
  const weekend = ((day % 7) + 7) % 7 === 2 || ((day % 7) + 7) % 7 === 3 ? 1.15 : 1;
  const walked = ring.steps * weekend * between(0.65, 1.4, ring.seed, day, 50) * shareWalked(hour);
  const workout = workoutOf(ring, day);
  const trained = workout && workout.end <= until ? workout : undefined;
  const steps = Math.round(walked + (trained?.type === 'running' ? 4200 : 0));
  return {
    ...{ at, steps },
    energy: Math.round(steps * 0.043 * (ring.weight / 70) + (trained ? caloriesOf(ring, trained) : 0)),
    distance_walking_running: Math.round(steps * ring.height * 0.0042),
    active_time: Math.round(steps / 105 + (trained ? 20 : 0)),
  };
}
