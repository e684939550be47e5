import type { CoveredInterval } from '../consent.js';
import { day } from '../omh/day-frame.js';
import { isFields } from '../omh/fields.js';
import { orRejected } from '../omh/rejection.js';
import { at, instantToUtc } from '../omh/time-frame.js';

/** The fields that tell when a vendor's record begins; the first that is a time counts. */
const STARTS = ['bedtime_start', 'start_datetime'] as const;

/** When a record that no data type could take was recorded, as far as it can be told. */
export function recordedAt(record: unknown, timeZone: string): number | undefined {
  if (!isFields(record)) return undefined;
  const times = [
    ...STARTS.map((field) => orRejected(() => at(record[field], field))),
    orRejected(() => day(record['day'], 'day', timeZone).start),
    orRejected(() => at(record['timestamp'], 'timestamp')),
  ];
  const time = times.find((read) => typeof read === 'string');
  return time === undefined ? undefined : Date.parse(instantToUtc(time).utc);
}

/** Whether the patient agreed to data of this code at that time. A record without a time is taken to be of today. */
export function isCovered(
  intervals: readonly CoveredInterval[],
  code: string | undefined,
  time: number | undefined,
): boolean {
  return intervals.some((interval) => {
    if (interval.code !== code) return false;
    const from = interval.startsAt.getTime();
    const to = interval.endsAt?.getTime() ?? Infinity;
    return time === undefined ? to === Infinity : time >= from && time < to;
  });
}
