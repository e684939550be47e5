import { DAY, HOUR, MINUTE } from '../instant.js';
import type { Instant } from '../instant.js';
import { between, chance, drift } from '../noise.js';
import { nightTicks } from './heart-rate.js';
import type { Beat } from './heart-rate.js';
import { depthAt } from './night.js';
import type { Night } from './night.js';
import { startOfDay } from './ring.js';
import type { Ring } from './ring.js';

/** A value of one series type before it becomes a row. */
export interface Reading {
  readonly type: string;
  readonly at: Instant;
  readonly value: number;
}

/** Midnight UTC of a day: where the vendor's day documents without a clock time are stamped. */
function midnightUtc(day: number): Instant {
  return day * DAY;
}

/** Five-minute heart rate variability (RMSSD, ms) of a night. */
export function variability(ring: Ring, night: Night): Beat[] {
  return nightTicks(ring, night).map((at) => {
    const wave = 0.75 + 0.35 * depthAt(night, at) + 0.2 * drift(ring.seed + 60, at / (20 * MINUTE));
    return { at, value: Math.round(ring.variability * wave) };
  });
}

/** Breaths a minute over a night. */
export function breathing(ring: Ring, night: Night): number {
  return Math.round((ring.breathing + 0.8 * drift(ring.seed + 61, night.day)) * 8) / 8;
}

/** The day document on blood oxygen: percent, and breathing disturbances an hour. */
export function oxygen(ring: Ring, night: Night): Reading[] {
  const at = midnightUtc(night.day);
  const saturation = 97 + between(-1.3, 1.2, ring.seed, night.day, 62);
  const disturbances = Math.round(6 * chance(ring.seed, night.day, 63) ** 2);
  return [
    { type: 'oxygen_saturation', at, value: Math.round(saturation * 1000) / 1000 },
    { type: 'breathing_disturbance_index', at, value: disturbances },
  ];
}

/** The day document on readiness: skin temperature against the person's own normal, degrees Celsius. */
export function readiness(ring: Ring, night: Night): Reading[] {
  const at = startOfDay(ring, night.day) + 4 * HOUR;
  const trend = 0.25 * drift(ring.seed + 64, night.day / 7);
  const deviation = trend + between(-0.3, 0.3, ring.seed, night.day, 65);
  return [
    { type: 'skin_temperature_deviation', at, value: Math.round(deviation * 100) / 100 },
    { type: 'skin_temperature_trend_deviation', at, value: Math.round(trend * 100) / 100 },
  ];
}

/** Vascular age in years, each day. */
export function cardiovascularAge(ring: Ring, day: number): Reading {
  const value = Math.round(62 - ring.fitness / 2 + 2 * drift(ring.seed + 66, day / 14));
  return { type: 'cardiovascular_age', at: midnightUtc(day), value };
}

/** Maximal oxygen uptake, once a week. */
export function oxygenUptake(ring: Ring, day: number): Reading[] {
  if ((day + ring.seed) % 7 !== 0) return [];
  const value = Math.round((ring.fitness + drift(ring.seed + 67, day / 30)) * 10) / 10;
  return [{ type: 'vo2_max', at: midnightUtc(day), value }];
}

/** Weight (kg) on Sunday mornings, height (cm) four times a year, as the person enters them. */
export function profile(ring: Ring, day: number): Reading[] {
  const at = startOfDay(ring, day) + 8 * HOUR;
  const weight = Math.round((ring.weight + 1.2 * drift(ring.seed + 68, day / 30)) * 10) / 10;
  return [
    ...(day % 7 === 3 ? [{ type: 'weight', at, value: weight }] : []),
    ...(day % 90 === 0 ? [{ type: 'height', at, value: ring.height }] : []),
  ];
}
