import { DAY, HOUR, MINUTE } from '../instant.js';
import type { Instant } from '../instant.js';
import { between, chance, drift } from '../noise.js';
import { depthAt, nightOf } from './night.js';
import type { Night } from './night.js';
import { localDay, startOfDay } from './ring.js';
import type { Ring } from './ring.js';
import { workoutOf } from './workout.js';
import type { Workout } from './workout.js';

export const STEP = 5 * MINUTE;

export interface Beat {
  readonly at: Instant;
  readonly value: number;
}

function tickOf(at: Instant): number {
  return Math.floor(at / STEP);
}

/** The ring lies on its charger: most mornings for half an hour, once a month for an afternoon. */
function charges(ring: Ring, day: number): { start: Instant; end: Instant } {
  const long = chance(ring.seed, day, 40) < 0.03;
  const start = startOfDay(ring, day) + (long ? 14 : 8) * HOUR + between(0, HOUR, ring.seed, day, 41);
  const length = long
    ? 4 * HOUR
    : chance(ring.seed, day, 42) < 0.8
      ? between(20, 45, ring.seed, day, 43) * MINUTE
      : 0;
  return { start, end: start + length };
}

function exertion(workout: Workout | undefined, at: Instant): number {
  if (!workout || at < workout.start || at >= workout.end) return 0;
  const warm = Math.min(1, (at - workout.start) / (8 * MINUTE));
  return warm * (35 + 55 * workout.effort);
}

/** A waking rate: a daily curve that peaks in the late afternoon, moods of an hour, jitter and exercise. */
function wakingRate(ring: Ring, workout: Workout | undefined, at: Instant): number {
  const hour = ((at + ring.offsetMinutes * MINUTE) % DAY) / HOUR;
  const circadian = 13 + 7 * Math.sin(((hour - 10) / 24) * 2 * Math.PI);
  const mood = 9 * drift(ring.seed + 44, at / (50 * MINUTE));
  const jitter = between(-4, 4, ring.seed, tickOf(at), 45);
  return Math.round(ring.restingRate + circadian + mood + jitter + exertion(workout, at));
}

/** The rate in sleep: lowest in deep sleep and towards the morning. */
function sleepingRate(ring: Ring, night: Night, at: Instant): number {
  const through = (at - night.start) / (night.end - night.start);
  const settling = 9 * (1 - depthAt(night, at)) + 5 * (1 - through);
  const jitter = between(-2, 2, ring.seed, tickOf(at), 46) + 3 * drift(ring.seed + 47, night.day);
  return Math.round(ring.restingRate + settling + jitter);
}

/** Whether the ring missed this one measurement (movement, a loose fit). */
function missed(ring: Ring, at: Instant): boolean {
  return chance(ring.seed, tickOf(at), 48) < 0.006;
}

/** The instants of one night's five-minute list; they count from bedtime, not from the full hour. */
export function nightTicks(ring: Ring, night: Night): Instant[] {
  const ticks: Instant[] = [];
  for (let at = night.start; at < night.end; at += STEP) if (!missed(ring, at)) ticks.push(at);
  return ticks;
}

/** Waking five-minute rates of one local day, on the full five minutes: not in bed, not on the charger. */
export function wakingBeats(ring: Ring, day: number): Beat[] {
  const [before, after, charger] = [nightOf(ring, day), nightOf(ring, day + 1), charges(ring, day)];
  const workout = workoutOf(ring, day);
  const beats: Beat[] = [];
  const start = startOfDay(ring, day);
  for (let at = start; at < start + DAY; at += STEP) {
    const asleep = (at >= before.start && at < before.end) || (at >= after.start && at < after.end);
    const charging = at >= charger.start && at < charger.end;
    if (!asleep && !charging && !missed(ring, at)) beats.push({ at, value: wakingRate(ring, workout, at) });
  }
  return beats;
}

/** The five-minute rates of a night. */
export function sleepingBeats(ring: Ring, night: Night): Beat[] {
  return nightTicks(ring, night).map((at) => ({ at, value: sleepingRate(ring, night, at) }));
}

/** The local days that a stretch of time touches. */
export function daysBetween(ring: Ring, from: Instant, to: Instant): number[] {
  const first = localDay(ring, from);
  return Array.from({ length: localDay(ring, to) - first + 1 }, (_, index) => first + index);
}
