import { HOUR, MINUTE } from '../instant.js';
import type { Instant } from '../instant.js';
import { between, chance, mix } from '../noise.js';
import { startOfDay } from './ring.js';
import type { Ring } from './ring.js';

/** One exercise session, with how hard it was (0 easy to 1 hard). */
export interface Workout {
  readonly type: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly effort: number;
}

const TYPES = ['running', 'walking', 'cycling', 'strength_training'] as const;

/** The workout of a local day, on about three days a week: before work, or more often in the evening. */
export function workoutOf(ring: Ring, day: number): Workout | undefined {
  if (chance(ring.seed, day, 30) > 0.42) return undefined;
  const hour = chance(ring.seed, day, 31) < 0.25 ? 9 : 17;
  const start = startOfDay(ring, day) + hour * HOUR + Math.round(between(0, 75, ring.seed, day, 32)) * MINUTE;
  const end = start + Math.round(between(25, 70, ring.seed, day, 33)) * MINUTE;
  const type = TYPES[mix(ring.seed, day, 34) % TYPES.length] ?? 'running';
  return { type, start, end, effort: between(0.35, 1, ring.seed, day, 35) };
}

/** Kilometres an hour by type, for the distance; strength training covers none. */
export function distanceOf(workout: Workout): number | null {
  const speeds: Readonly<Record<string, number>> = { running: 9.6, walking: 5.2, cycling: 21 };
  const speed = speeds[workout.type];
  if (speed === undefined) return null;
  return Math.round((speed * 1000 * (0.8 + 0.3 * workout.effort) * (workout.end - workout.start)) / HOUR);
}

export function caloriesOf(ring: Ring, workout: Workout): number {
  const minutes = (workout.end - workout.start) / MINUTE;
  return Math.round(minutes * (3.5 + 7.5 * workout.effort) * (ring.weight / 70) * 10) / 10;
}
