import { MINUTE, DAY, zoneOffset } from '../instant.js';
import type { Instant } from '../instant.js';
import { between, hashText, mix } from '../noise.js';

/** A vendor account: one person with one device. The same account always measures the same. */
export interface Account {
  readonly provider: string;
  readonly id: string;
}

/** The person behind an account: constants that shape every sample. Rates in beats or breaths a minute. */
export interface Ring {
  readonly seed: number;
  readonly offsetMinutes: number;
  readonly zoneOffset: string;
  readonly restingRate: number;
  /** Milliseconds, RMSSD. */
  readonly variability: number;
  readonly breathing: number;
  readonly steps: number;
  readonly weight: number;
  readonly height: number;
  readonly fitness: number;
  /** Minutes after local noon at which the person usually goes to bed, and how long the night is. */
  readonly bedtime: number;
  readonly nightMinutes: number;
}

const OFFSETS = [120, 60, 0, -300, -420] as const;

export function ringOf(account: Account, worldSeed: number): Ring {
  const seed = mix(worldSeed, hashText(account.provider), hashText(account.id));
  const trait = (salt: number, low: number, high: number) => between(low, high, seed, salt);
  const offsetMinutes = OFFSETS[mix(seed, 1) % OFFSETS.length] ?? 0;
  return {
    ...{ seed, offsetMinutes, zoneOffset: zoneOffset(offsetMinutes) },
    restingRate: trait(2, 48, 64),
    variability: trait(3, 28, 75),
    breathing: trait(4, 13, 17),
    steps: trait(5, 5500, 11000),
    weight: trait(6, 55, 95),
    height: Math.round(trait(7, 155, 195)),
    fitness: trait(8, 32, 52),
    bedtime: trait(9, 590, 690),
    nightMinutes: trait(10, 400, 490),
  };
}

/** The number of the local calendar day that an instant falls on. */
export function localDay(ring: Ring, at: Instant): number {
  return Math.floor((at + ring.offsetMinutes * MINUTE) / DAY);
}

/** Local midnight at which a local day starts. */
export function startOfDay(ring: Ring, day: number): Instant {
  return day * DAY - ring.offsetMinutes * MINUTE;
}
