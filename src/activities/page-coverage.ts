import type { Coverage } from '../db/pages.js';
import { isFields } from '../omh/fields.js';
import { orRejected } from '../omh/rejection.js';
import { at, compareInstants, instantToUtc } from '../omh/time-frame.js';
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
  return series.flatMap((name) => {
    const last = newest(
      samples.filter((sample) => nameOf(sample) === name),
      'timestamp',
      window,
    );
    if (isLast) return [{ series: name, from: window.from, to: window.to, last }];
    return last === null ? [] : [{ series: name, from: window.from, to: last, last }];
  });
}

/** The newest time of these records within the window, in UTC; null when there is none. */
export function newest(records: readonly unknown[], field: string, window: ReadWindow): string | null {
  const times = records.flatMap((record) => timeOf(record, field, window));
  return times.sort().at(-1) ?? null;
}

/** The recorded time in UTC, by the converters' own reading; none when it is no time, or not one that was asked for. */
export function timeOf(record: unknown, field: string, { from, to }: ReadWindow): string[] {
  const time = isFields(record) ? orRejected(() => at(record[field], field)) : null;
  if (typeof time !== 'string') return [];
  const isAsked = compareInstants(time, at(from, 'from')) >= 0 && compareInstants(time, at(to, 'to')) < 0;
  return isAsked ? [instantToUtc(time).utc] : [];
}
