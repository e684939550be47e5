import { STEP, sleepingBeats } from './generator/heart-rate.js';
import type { Beat } from './generator/heart-rate.js';
import type { Night, Stage } from './generator/night.js';
import type { Ring } from './generator/ring.js';
import { breathing, variability } from './generator/vitals.js';
import { SECOND } from './instant.js';
import { between, stableUuid } from './noise.js';
import { vendorDay, vendorTime } from './oura-time.js';

const PHASES: Readonly<Record<Stage, string>> = { deep: '1', light: '2', rem: '3', awake: '4' };

function stepsOf(night: Night): number[] {
  const length = Math.ceil((night.end - night.start) / STEP);
  return Array.from({ length }, (_, index) => night.start + index * STEP);
}

/** A five-minute list: null where the ring missed a measurement. */
function listOf(ring: Ring, night: Night, beats: readonly Beat[]) {
  const values = new Map(beats.map(({ at, value }) => [at, value]));
  const items = stepsOf(night).map((at) => values.get(at) ?? null);
  return { interval: STEP / SECOND, items, timestamp: vendorTime(ring, night.start) };
}

function secondsIn(night: Night, stage: Stage): number {
  const intervals = night.stages.filter((interval) => interval.stage === stage);
  return intervals.reduce((sum, { start, end }) => sum + (end - start) / SECOND, 0);
}

function phaseAt(night: Night, at: number): string {
  const interval = night.stages.find(({ end }) => at < end);
  return PHASES[interval?.stage ?? 'awake'];
}

function averageOf(beats: readonly Beat[]): number {
  const sum = beats.reduce((total, { value }) => total + value, 0);
  return Math.round((sum / Math.max(1, beats.length)) * 100) / 100;
}

/** An item of `/v2/usercollection/sleep`, its fields in the order of the upstream's recordings. */
export function sleepDocument(ring: Ring, night: Night) {
  const [beats, variations] = [sleepingBeats(ring, night), variability(ring, night)];
  const [inBed, awake] = [(night.end - night.start) / SECOND, secondsIn(night, 'awake')];
  return {
    id: stableUuid(ring.seed, 70, night.start),
    average_breath: breathing(ring, night),
    average_heart_rate: averageOf(beats),
    average_hrv: Math.round(averageOf(variations)),
    awake_time: awake,
    bedtime_end: vendorTime(ring, night.end),
    bedtime_start: vendorTime(ring, night.start),
    day: vendorDay(ring, night.end),
    deep_sleep_duration: secondsIn(night, 'deep'),
    efficiency: Math.round(((inBed - awake) / inBed) * 100),
    heart_rate: listOf(ring, night, beats),
    hrv: listOf(ring, night, variations),
    latency: Math.round(between(2, 16, ring.seed, night.start, 76)) * 60,
    light_sleep_duration: secondsIn(night, 'light'),
    low_battery_alert: false,
    lowest_heart_rate: Math.min(...beats.map(({ value }) => value)),
    movement_30_sec: '1'.repeat(Math.floor(inBed / 30)),
    period: 0,
    readiness_score_delta: 1,
    rem_sleep_duration: secondsIn(night, 'rem'),
    restless_periods: 180,
    ring_id: null,
    sleep_algorithm_version: 'v2',
    sleep_analysis_reason: 'foreground_sleep_analysis',
    sleep_phase_30_sec: null,
    sleep_phase_5_min: stepsOf(night)
      .map((at) => phaseAt(night, at))
      .join(''),
    sleep_score_delta: 1,
    time_in_bed: inBed,
    total_sleep_duration: inBed - awake,
    type: night.isNap ? 'late_nap' : 'long_sleep',
  };
}
