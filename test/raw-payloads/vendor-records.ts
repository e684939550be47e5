import { DAY_MS } from '../helpers/connected-patient.js';

export const MINUTE_MS = 60_000;

/** Yesterday's midnight, UTC. */
export const YESTERDAY = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS);

/** Items of the vendor's heart rate endpoint, five minutes apart. */
export function beats(count: number, bpm = 60, from = YESTERDAY): unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    bpm: bpm + (index % 20),
    source: 'awake',
    timestamp: new Date(from.getTime() + index * 5 * MINUTE_MS).toISOString().replace('Z', '+00:00'),
  }));
}

/** An item of the vendor's sleep endpoint: yesterday's first eight hours. */
export function night(): Record<string, unknown> {
  return {
    id: 'c44f55d8-3dda-41f2-8b80-923045bcf50d',
    ...{ average_breath: 15.125, lowest_heart_rate: 47, total_sleep_duration: 25800, type: 'long_sleep' },
    bedtime_start: YESTERDAY.toISOString(),
    bedtime_end: new Date(YESTERDAY.getTime() + 8 * 60 * MINUTE_MS).toISOString(),
    day: YESTERDAY.toISOString().slice(0, 10),
  };
}
