import type { PlacedSample } from '../../dev/open-wearables/control.js';

const MINUTE_MS = 60_000;

/** Heart rates of a ring, one every `everyMinutes`, from an instant on. */
export function heartRates(from: Date, count: number, everyMinutes = 5): PlacedSample[] {
  return Array.from({ length: count }, (_, index) => ({
    timestamp: new Date(from.getTime() + index * everyMinutes * MINUTE_MS),
    type: 'heart_rate',
    value: 50 + (index % 40),
  }));
}

/** One look at the clock for all of a file: what is placed and what is expected fall into the same minute. */
const BEGIN = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

/** So many hours before this file's tests began, on the full minute. */
export function hoursAgo(hours: number): Date {
  return new Date(BEGIN - hours * 60 * MINUTE_MS);
}

/** One item of a page as Open Wearables sends it; what is given replaces the usual. */
export function shownSample(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    timestamp: hoursAgo(1).toISOString(),
    zone_offset: null,
    type: 'heart_rate',
    value: 60,
    unit: 'bpm',
    source: { provider: 'oura', source: 'oura', device: null, device_type: null, device_name: null },
    is_daily_total: null,
    ...changes,
  };
}

/** A whole answer of the timeseries endpoint; without a cursor it is the last page. */
export function pageOf(samples: readonly unknown[], nextCursor: string | null = null): string {
  return JSON.stringify({
    data: samples,
    pagination: {
      next_cursor: nextCursor,
      previous_cursor: null,
      has_more: nextCursor !== null,
      total_count: samples.length,
    },
    metadata: { resolution: null, sample_count: samples.length },
  });
}

/** The requests for samples, whatever the user. */
export const TIMESERIES = { method: 'GET', path: /\/timeseries$/ };
