import { dayTotals } from './generator/activity.js';
import { daysBetween, sleepingBeats, wakingBeats } from './generator/heart-rate.js';
import { napOf, nightOf } from './generator/night.js';
import type { Night } from './generator/night.js';
import { ringOf } from './generator/ring.js';
import type { Account, Ring } from './generator/ring.js';
import {
  breathing,
  cardiovascularAge,
  oxygen,
  oxygenUptake,
  profile,
  readiness,
} from './generator/vitals.js';
import { variability } from './generator/vitals.js';
import type { Reading } from './generator/vitals.js';
import { workoutOf } from './generator/workout.js';
import type { Workout } from './generator/workout.js';
import { MINUTE } from './instant.js';
import type { Instant } from './instant.js';
import type { Window } from './series.js';

/** The parts of a vendor's data in the order in which a run stores them: daytime heart rate comes last. */
export const PARTS = [
  'workouts',
  'activity',
  'cardiovascular_age',
  'readiness',
  'sleep',
  'sleep_score',
  'spo2',
  'personal_info',
  'vo2_max',
  'heart_rate',
] as const;

export type Part = (typeof PARTS)[number];

/** A reading with what its row needs besides. */
export interface Measured extends Reading {
  readonly zoneOffset: string | null;
  readonly isDailyTotal: boolean | null;
}

export interface Measurement {
  readonly ring: Ring;
  readonly readings: readonly Measured[];
  readonly nights: readonly Night[];
  readonly workouts: readonly Workout[];
}

const HOURS_A_VENDOR_DAY_LASTS_LONGER = 4 * 60 * MINUTE;

/** Five-minute values of a night that fall into the stretch, and its summary once the night is over. */
function nightReadings(ring: Ring, night: Night, within: (at: Instant) => boolean): Reading[] {
  const beats = sleepingBeats(ring, night);
  const readings: Reading[] = [];
  for (const { at, value } of beats) if (within(at)) readings.push({ type: 'heart_rate', at, value });
  for (const { at, value } of variability(ring, night)) {
    if (within(at)) readings.push({ type: 'heart_rate_variability_rmssd', at, value });
  }
  if (!within(night.end)) return readings;
  const lowest = Math.min(...beats.map(({ value }) => value));
  return [
    ...readings,
    { type: 'resting_heart_rate', at: night.start, value: lowest },
    { type: 'respiratory_rate', at: night.start, value: breathing(ring, night) },
  ];
}

function activity(ring: Ring, window: Window): Reading[] {
  const days = daysBetween(ring, window.from - HOURS_A_VENDOR_DAY_LASTS_LONGER, window.to);
  return days.flatMap((day) => {
    const totals = dayTotals(ring, day, window.to);
    if (!totals) return [];
    const { at, ...values } = totals;
    return Object.entries(values).map(([type, value]) => ({ type, at, value }));
  });
}

function plain(part: Part, ring: Ring, days: readonly number[], within: (at: Instant) => boolean): Reading[] {
  const ended = () => days.map((day) => nightOf(ring, day)).filter((night) => within(night.end));
  const dated = (of: (day: number) => Reading[], among = days) =>
    among.flatMap(of).filter(({ at }) => within(at));
  // Midnight UTC of a local day may lie on the day before or after.
  const near = [(days[0] ?? 0) - 1, ...days, (days.at(-1) ?? 0) + 1];
  switch (part) {
    case 'spo2':
      return ended().flatMap((night) => oxygen(ring, night));
    case 'readiness':
      return ended().flatMap((night) => readiness(ring, night));
    case 'cardiovascular_age':
      return dated((day) => [cardiovascularAge(ring, day)], near);
    case 'vo2_max':
      return dated((day) => oxygenUptake(ring, day), near);
    case 'personal_info':
      return dated((day) => profile(ring, day));
    case 'heart_rate':
      return dated((day) =>
        wakingBeats(ring, day).map(({ at, value }) => ({ type: 'heart_rate', at, value })),
      );
    case 'workouts':
    case 'activity':
    case 'sleep':
    case 'sleep_score':
      return [];
  }
}

function rowsOf(readings: readonly Reading[], zoneOffset: string | null, isDailyTotal: true | null) {
  return readings.map(({ type, at, value }) => ({ type, at, value, zoneOffset, isDailyTotal }));
}

function readingsOf(part: Part, ring: Ring, window: Window, within: (at: Instant) => boolean): Measured[] {
  const days = daysBetween(ring, window.from, window.to);
  if (part === 'activity') return rowsOf(activity(ring, window), ring.zoneOffset, true);
  if (part !== 'sleep') return rowsOf(plain(part, ring, days, within), null, null);
  const nights = [...days, (days.at(-1) ?? 0) + 1].map((day) => nightOf(ring, day));
  const readings = nights.flatMap((night) => nightReadings(ring, night, within));
  return rowsOf(readings, ring.zoneOffset, null);
}

function endedSleeps(ring: Ring, days: readonly number[], within: (at: Instant) => boolean): Night[] {
  const sleeps = days.flatMap((day) => [nightOf(ring, day), napOf(ring, day) ?? []].flat());
  return sleeps.filter((night) => within(night.end));
}

function endedWorkouts(ring: Ring, days: readonly number[], within: (at: Instant) => boolean): Workout[] {
  return days.flatMap((day) => workoutOf(ring, day) ?? []).filter((workout) => within(workout.end));
}

/**
 * Everything of one part that an account's ring comes to know in a stretch of time, from (exclusive) to
 * (inclusive): five-minute values at their instant, a night's summary when the night ends, a day's totals as far
 * as they have come. Pure: the same account, seed and stretch give the same answer, and two stretches that meet
 * give together what the whole gives.
 */
export function measure(account: Account, worldSeed: number, part: Part, window: Window): Measurement {
  const ring = ringOf(account, worldSeed);
  const within = (at: Instant) => at > window.from && at <= window.to;
  const days = daysBetween(ring, window.from, window.to);
  return {
    ring,
    readings: readingsOf(part, ring, window, within),
    nights: part === 'sleep' || part === 'sleep_score' ? endedSleeps(ring, days, within) : [],
    workouts: part === 'workouts' ? endedWorkouts(ring, days, within) : [],
  };
}
