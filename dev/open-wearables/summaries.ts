import type { SleepRecord } from './event-records.js';
import { DAY, isoDate, isoZ, MINUTE, SECOND } from './instant.js';
import type { Instant } from './instant.js';
import { rankOf } from './providers.js';
import type { Sample } from './sample.js';
import type { Window } from './series.js';
import type { UserData } from './world.js';

/** Derived views as the upstream shapes them. One source a day stands in for its ranking of providers. */

function mean(samples: readonly Sample[]): number | null {
  if (samples.length === 0) return null;
  return samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
}

/** The day totals of a window, one line a day (UTC) with its step total. */
export function activitySummaries({ samples }: UserData, window: Window) {
  const totals = samples.all(['steps'], window).filter(({ isDailyTotal }) => isDailyTotal);
  totals.sort((a, b) => rankOf(b.source.provider) - rankOf(a.source.provider));
  const byDate = new Map(totals.map((sample) => [isoDate(sample.at), sample]));
  const days = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1));
  return days.map(([date, sample]) => ({
    ...{ date, source: sample.source, steps: sample.value, distance_meters: null, floors_climbed: null },
    ...{ elevation_meters: null, active_calories_kcal: 0, total_calories_kcal: 0, active_minutes: null },
    ...{ sedentary_minutes: null, intensity_minutes: null, heart_rate: null },
  }));
}

function asleepMinutes(sleep: SleepRecord): number {
  return Math.round((sleep.sleepSeconds ?? 0) / 60);
}

/** A nap counts with its whole length, a night with the time asleep. */
function session(sleep: SleepRecord) {
  const length = (sleep.end - sleep.at) / MINUTE;
  return {
    ...{ start_time: isoZ(sleep.at), end_time: isoZ(sleep.end), zone_offset: sleep.zoneOffset },
    ...{ duration_minutes: sleep.isNap ? length : asleepMinutes(sleep), is_nap: sleep.isNap },
  };
}

function vitals(data: UserData, { at, end }: SleepRecord) {
  const average = (type: string) => mean(data.samples.all([type], { from: at, to: end + SECOND }));
  const rate = average('heart_rate');
  return {
    avg_heart_rate_bpm: rate === null ? null : Math.round(rate),
    avg_hrv_sdnn_ms: average('heart_rate_variability_sdnn'),
    avg_hrv_rmssd_ms: average('heart_rate_variability_rmssd'),
    avg_respiratory_rate: average('respiratory_rate'),
    avg_spo2_percent: average('oxygen_saturation'),
  };
}

function stagesOf({ minutes }: SleepRecord) {
  return Object.values(minutes).some((count) => count > 0) ? minutes : null;
}

/** One line for each day on which a main sleep ended (UTC), oldest first. */
export function sleepSummaries(data: UserData, { from, to }: Window) {
  const sleeps = [...data.sleeps.values()].sort((a, b) => a.at - b.at);
  const nights = sleeps.filter(({ isNap, end }) => !isNap && end >= from && end < to);
  return nights.map((night) => {
    const date = isoDate(night.end);
    const naps = sleeps.filter(({ isNap, end }) => isNap && isoDate(end) === date).map(session);
    const napMinutes = naps.reduce((sum, nap) => sum + nap.duration_minutes, 0);
    const own = session(night);
    return {
      ...{ date, source: night.source, start_time: own.start_time, end_time: own.end_time },
      ...{ zone_offset: night.zoneOffset, duration_minutes: own.duration_minutes },
      ...{ total_duration_minutes: own.duration_minutes + napMinutes },
      ...{ time_in_bed_minutes: (night.end - night.at) / MINUTE, efficiency_percent: night.efficiency },
      ...{ stages: stagesOf(night), interruptions_count: null, nap_count: naps.length },
      ...{ nap_duration_minutes: napMinutes, sessions: [own, ...naps], ...vitals(data, night) },
    };
  });
}

function newest(data: UserData, type: string): Sample | undefined {
  return data.samples.all([type], { from: -Infinity, to: Infinity }).at(-1);
}

function bloodPressure(data: UserData, window: Window) {
  const of = (type: string) => data.samples.all([type], window);
  const [systolic, diastolic] = [of('blood_pressure_systolic'), of('blood_pressure_diastolic')];
  const last = systolic.at(-1);
  if (!last) return { blood_pressure: null, blood_pressure_measured_at: null };
  const extremes = { max_systolic_mmhg: null, max_diastolic_mmhg: null, min_systolic_mmhg: null };
  const averages = { avg_systolic_mmhg: mean(systolic), avg_diastolic_mmhg: mean(diastolic) };
  const blood_pressure = {
    ...averages,
    ...extremes,
    min_diastolic_mmhg: null,
    reading_count: systolic.length,
  };
  return { blood_pressure, blood_pressure_measured_at: isoZ(last.at) };
}

/** The body summary at an instant; null for a user without any row. */
export function bodySummary(data: UserData, now: Instant, days: number, hours: number) {
  if (data.samples.types().length === 0) return null;
  const period = { from: now - days * DAY, to: now };
  const value = (type: string) => newest(data, type)?.value ?? null;
  const average = (type: string) => mean(data.samples.all([type], period));
  const none = { body_temperature_celsius: null, body_temperature_measured_at: null };
  return {
    source: (newest(data, 'weight') ?? newest(data, 'heart_rate'))?.source ?? null,
    slow_changing: {
      ...{ weight_kg: value('weight'), height_cm: value('height') },
      ...{ body_fat_percent: value('body_fat_percentage'), muscle_mass_kg: value('skeletal_muscle_mass') },
      ...{ bmi: value('body_mass_index'), age: null },
    },
    averaged: {
      ...{ period_days: days, resting_heart_rate_bpm: average('resting_heart_rate') },
      ...{ avg_hrv_sdnn_ms: average('heart_rate_variability_sdnn') },
      ...{ avg_hrv_rmssd_ms: average('heart_rate_variability_rmssd') },
      ...{ period_start: isoZ(period.from), period_end: isoZ(period.to) },
    },
    latest: {
      ...{ ...none, skin_temperature_celsius: null, skin_temperature_measured_at: null },
      ...bloodPressure(data, { from: now - (hours / 24) * DAY, to: now }),
    },
  };
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

type Sourced = Pick<Sample, 'source'>;

function ofProvider<T extends Sourced>(all: readonly T[], provider: string): T[] {
  return all.filter(({ source }) => source.provider === provider);
}

/** Counts of rows and sessions by type and provider, the busiest provider first. */
export function dataSummary(userId: string, data: UserData, window: Window) {
  const inside = ({ at }: { at: Instant }) => at >= window.from && at < window.to;
  const samples = data.samples.all([], window);
  const workouts = [...data.workouts.values()].filter(inside);
  const sleeps = [...data.sleeps.values()].filter(inside);
  const providers = new Set([...samples, ...workouts, ...sleeps].map(({ source }) => source.provider));
  const byProvider = [...providers].map((provider) => {
    const own = ofProvider(samples, provider);
    return {
      ...{ provider, data_points: own.length, series_counts: tally(own.map(({ type }) => type)) },
      workout_count: ofProvider(workouts, provider).length,
      sleep_count: ofProvider(sleeps, provider).length,
    };
  });
  return {
    ...{ user_id: userId, total_data_points: samples.length, total_workouts: workouts.length },
    total_sleep_events: sleeps.length,
    series_type_counts: tally(samples.map(({ type }) => type)),
    workout_type_counts: tally(workouts.map(({ type }) => type)),
    by_provider: byProvider.sort((a, b) => b.data_points - a.data_points),
    has_womens_health_data: false,
  };
}
