import type { Measured } from './generator.js';
import type { Night } from './generator/night.js';
import type { Ring } from './generator/ring.js';
import { caloriesOf, distanceOf } from './generator/workout.js';
import type { Workout } from './generator/workout.js';
import { isoDate, isoOffset, SECOND } from './instant.js';
import type { Instant } from './instant.js';
import { mix, stableUuid } from './noise.js';
import { vendorDay, vendorTime } from './oura-time.js';

/** The vendor's documents of a day and of a workout, their fields in the order of the upstream's recordings. */

const ACTIVITY_CONTRIBUTORS = {
  ...{ meet_daily_targets: 80, move_every_hour: 90, recovery_time: 95, stay_active: 70 },
  ...{ training_frequency: 60, training_volume: 77 },
};
const READINESS_CONTRIBUTORS = {
  ...{ activity_balance: 80, body_temperature: 95, hrv_balance: 75, previous_day_activity: null },
  ...{ previous_night: 82, recovery_index: 90, resting_heart_rate: 88, sleep_balance: 79 },
};
const SLEEP_CONTRIBUTORS = {
  ...{ deep_sleep: 88, efficiency: 91, latency: 80, rem_sleep: 77, restfulness: 70, timing: 95 },
  total_sleep: 85,
};

type Values = ReadonlyMap<string, number>;

/** Readings of one instant together, as a day's document has them. */
function byInstant(readings: readonly Measured[]): [Instant, Values][] {
  const instants = new Map<Instant, Map<string, number>>();
  for (const { at, type, value } of readings) {
    const values = instants.get(at) ?? new Map<string, number>();
    instants.set(at, values.set(type, value));
  }
  return [...instants];
}

function scoreOf(ring: Ring, at: Instant): number {
  return 60 + (mix(ring.seed, at, 75) % 40);
}

export function activityDocuments(ring: Ring, readings: readonly Measured[]) {
  return byInstant(readings).map(([at, values]) => {
    const [steps = 0, energy = 0] = [values.get('steps'), values.get('energy')];
    const minutes = values.get('active_time') ?? 0;
    return {
      ...{ id: stableUuid(ring.seed, 77, at), class_5_min: null, score: scoreOf(ring, at) },
      ...{ active_calories: energy, average_met_minutes: 1.4, contributors: ACTIVITY_CONTRIBUTORS },
      equivalent_walking_distance: values.get('distance_walking_running') ?? 0,
      ...{ high_activity_met_minutes: 10, high_activity_time: minutes * 6, inactivity_alerts: 1 },
      ...{ low_activity_met_minutes: 150, low_activity_time: minutes * 40 },
      ...{ medium_activity_met_minutes: 60, medium_activity_time: minutes * 14 },
      met: { interval: 60, items: [0.9, 1.1], timestamp: vendorTime(ring, at) },
      ...{ meters_to_target: 1200, non_wear_time: 1800, resting_time: 26000, sedentary_met_minutes: 9 },
      ...{ sedentary_time: 29000, steps, target_calories: 450, target_meters: 8000 },
      ...{ total_calories: energy + 1700, day: vendorDay(ring, at), timestamp: vendorTime(ring, at) },
    };
  });
}

/** Days that the vendor dates at midnight UTC. */
export function oxygenDocuments(ring: Ring, readings: readonly Measured[]) {
  return byInstant(readings).map(([at, values]) => ({
    ...{ id: stableUuid(ring.seed, 78, at), day: isoDate(at) },
    breathing_disturbance_index: values.get('breathing_disturbance_index') ?? null,
    spo2_percentage: { average: values.get('oxygen_saturation') ?? null },
  }));
}

export function readinessDocuments(ring: Ring, readings: readonly Measured[]) {
  return byInstant(readings).map(([at, values]) => ({
    ...{ id: stableUuid(ring.seed, 79, at), contributors: READINESS_CONTRIBUTORS },
    ...{ day: vendorDay(ring, at), score: scoreOf(ring, at) },
    temperature_deviation: values.get('skin_temperature_deviation') ?? null,
    temperature_trend_deviation: values.get('skin_temperature_trend_deviation') ?? null,
    timestamp: `${vendorDay(ring, at)}T00:00:00.000+00:00`,
  }));
}

export function vascularDocuments(readings: readonly Measured[]) {
  return readings.map(({ at, value }) => ({
    ...{ day: isoDate(at), vascular_age: value, pulse_wave_velocity: 6.8 },
  }));
}

export function oxygenUptakeDocuments(ring: Ring, readings: readonly Measured[]) {
  return readings.map(({ at, value }) => ({
    ...{ id: stableUuid(ring.seed, 80, at), day: isoDate(at), timestamp: isoOffset(at), vo2_max: value },
  }));
}

export function sleepScoreDocuments(ring: Ring, nights: readonly Night[]) {
  return nights.map((night) => ({
    ...{ id: stableUuid(ring.seed, 81, night.day), contributors: SLEEP_CONTRIBUTORS },
    ...{ day: vendorDay(ring, night.end), score: scoreOf(ring, night.end) },
    timestamp: `${vendorDay(ring, night.end)}T00:00:00.000+00:00`,
  }));
}

export function workoutDocuments(ring: Ring, workouts: readonly Workout[]) {
  return workouts.map((workout) => ({
    ...{ id: stableUuid(ring.seed, 71, workout.start), activity: workout.type },
    ...{ calories: caloriesOf(ring, workout), day: vendorDay(ring, workout.start) },
    ...{ distance: distanceOf(workout), end_datetime: vendorTime(ring, workout.end) },
    intensity: workout.effort > 0.75 ? 'hard' : workout.effort > 0.5 ? 'moderate' : 'easy',
    ...{ label: null, source: 'confirmed', start_datetime: vendorTime(ring, workout.start) },
  }));
}

/** Items of `/v2/usercollection/heartrate`: waking and sleeping rates in one list, in order. */
export function heartRateItems(waking: readonly Measured[], sleeping: readonly Measured[]) {
  const labelled = [
    ...waking.map((reading) => ({ reading, source: (reading.at / SECOND) % 7 === 0 ? 'rest' : 'awake' })),
    ...sleeping.map((reading) => ({ reading, source: 'sleep' })),
  ].sort((a, b) => a.reading.at - b.reading.at);
  return labelled.map(({ reading, source }) => ({
    ...{ bpm: reading.value, source, timestamp: isoOffset(reading.at) },
  }));
}
