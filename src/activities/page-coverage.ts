import type { Coverage } from '../db/pages.js';
import { isFields } from '../omh/fields.js';
import { orRejected } from '../omh/rejection.js';
import { at, instantToUtc } from '../omh/time-frame.js';
import { nameOf } from './page.js';

/** Inclusive start and exclusive end of recorded time, ISO 8601. */
export interface ReadWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * What a page proves, series by series: up to its own newest sample, since other series may still be on their way;
 * the last page proves the whole window.
 */
export function coverageOf(
  samples: readonly unknown[],
  series: readonly string[],
  window: ReadWindow,
  isLast: boolean,
): Coverage[] {
  const timeIn = timesWithin(window);
  const newestOf = new Map<string, string>();
  for (const sample of samples) {
    const [name, time] = [nameOf(sample), timeIn(sample, 'timestamp')];
    if (time !== undefined && time > (newestOf.get(name) ?? '')) newestOf.set(name, time);
  }
  return series.flatMap((name) => {
    const last = newestOf.get(name) ?? null;
    if (isLast) return [{ series: name, from: window.from, to: window.to, last }];
    return last === null ? [] : [{ series: name, from: window.from, to: last, last }];
  });
}

/** The newest time of these records within the window, in UTC; null when there is none. */
export function newest(records: readonly unknown[], field: string, window: ReadWindow): string | null {
  const timeIn = timesWithin(window);
  const times = records.flatMap((record) => timeIn(record, field) ?? []);
  return times.sort().at(-1) ?? null;
}

/**
 * Reads when a record begins, in UTC, by the converters' own reading; undefined when it is no time, or not one that was
 * asked for. Texts compare as their times do, since nobody asks for years before 1000 or after 9999.
 */
export function timesWithin({ from, to }: ReadWindow) {
  const [begin, end] = [utcOf(from), utcOf(to)];
  return (record: unknown, field: string): string | undefined => {
    const time = isFields(record) ? orRejected(() => at(record[field], field)) : null;
    if (typeof time !== 'string') return undefined;
    const { utc } = instantToUtc(time);
    return utc >= begin && utc < end ? utc : undefined;
  };
}

function utcOf(time: string): string {
  return instantToUtc(at(time, 'window')).utc;
}
