import type { ScoreRecord, SleepRecord, StageMinutes, WorkoutRecord } from './event-records.js';
import type { Measurement } from './generator.js';
import type { Night, Stage } from './generator/night.js';
import { caloriesOf, distanceOf } from './generator/workout.js';
import type { Workout } from './generator/workout.js';
import { DAY, MINUTE, SECOND } from './instant.js';
import { between, hashText, mix, stableUuid } from './noise.js';
import { sourceOf } from './providers.js';
import { numeric } from './sample.js';
import type { Sample } from './sample.js';
import { unitOf } from './series-types.js';

/** What the generator measured, in the form in which Open Wearables stores it. */

export function samplesOf(provider: string, { ring, readings }: Measurement): Sample[] {
  const source = sourceOf(provider);
  const salts = new Map<string, number>();
  return readings.map((reading) => {
    const salt = salts.get(reading.type) ?? hashText(reading.type);
    salts.set(reading.type, salt);
    const { type, at, zoneOffset, isDailyTotal } = reading;
    const id = stableUuid(ring.seed, salt, at);
    return {
      id,
      at,
      type,
      value: numeric(reading.value),
      unit: unitOf(type),
      zoneOffset,
      isDailyTotal,
      source,
    };
  });
}

function minutesIn(night: Night, stage: Stage): number {
  const intervals = night.stages.filter((interval) => interval.stage === stage);
  return intervals.reduce((sum, interval) => sum + (interval.end - interval.start) / MINUTE, 0);
}

function stageMinutes(night: Night): StageMinutes {
  return {
    awake_minutes: minutesIn(night, 'awake'),
    light_minutes: minutesIn(night, 'light'),
    deep_minutes: minutesIn(night, 'deep'),
    rem_minutes: minutesIn(night, 'rem'),
  };
}

export function sleepsOf(provider: string, { ring, nights }: Measurement): SleepRecord[] {
  return nights.map((night) => {
    const minutes = stageMinutes(night);
    const inBed = (night.end - night.start) / SECOND;
    const sleepSeconds = inBed - minutes.awake_minutes * 60;
    return {
      id: stableUuid(ring.seed, 70, night.start),
      ...{ at: night.start, end: night.end, zoneOffset: ring.zoneOffset, source: sourceOf(provider) },
      ...{ sleepSeconds, efficiency: Math.round((sleepSeconds / inBed) * 1000) / 10, minutes },
      ...{ stages: night.stages, isNap: night.isNap },
    };
  });
}

function ratesOf(provider: string, seed: number, workout: Workout) {
  // Oura's own API gives no heart rate with a workout; a watch does.
  if (provider === 'oura') return { averageRate: null, maximumRate: null };
  const averageRate = Math.round(105 + 45 * workout.effort + between(-4, 4, seed, workout.start));
  return { averageRate, maximumRate: averageRate + 18 };
}

export function workoutsOf(provider: string, { ring, workouts }: Measurement): WorkoutRecord[] {
  return workouts.map((workout) => ({
    id: stableUuid(ring.seed, 71, workout.start),
    ...{ at: workout.start, end: workout.end, zoneOffset: ring.zoneOffset, source: sourceOf(provider) },
    ...{ type: workout.type, name: null, calories: caloriesOf(ring, workout), distance: distanceOf(workout) },
    ...ratesOf(provider, ring.seed, workout),
    ...{ pace: null, elevation: null },
  }));
}

/** Three scores for each night of the stretch, stamped at midnight UTC of the day. */
export function scoresOf(provider: string, { ring, nights }: Measurement): ScoreRecord[] {
  const days = nights.filter((night) => !night.isNap).map((night) => night.day);
  return days.flatMap((day) =>
    ['readiness', 'activity', 'sleep'].map((category, index) => {
      const points = (salt: number) => 60 + (mix(ring.seed, day, index, salt) % 40);
      const part = (salt: number) => ({ value: points(salt), qualifier: null });
      const components = { latency: part(72), efficiency: part(73) };
      const id = stableUuid(ring.seed, 74 + index, day);
      return { id, at: day * DAY, category, value: points(75), provider, components };
    }),
  );
}
