import type { Frame } from './data-type.js';
import { reject } from './rejection.js';
import { isDate, offsetFromMinutes } from './time-frame.js';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** Tells the offset of one zone from UTC, in seconds, at an instant in milliseconds. */
type OffsetAt = (instant: number) => number;

/** One per zone, since building a formatter costs a thousand times more than using it. */
const zones = new Map<string, OffsetAt>();

/**
 * The frame of a patient's calendar day: from local midnight to the next local midnight, each with its own offset,
 * so that a day of a clock change is 23 or 25 hours long. A midnight that does not exist, or occurs twice, takes the
 * offset in force before the change.
 */
export function day(date: unknown, field: string, timeZone: string | null): Frame {
  const midnight = midnightOf(date, field);
  if (timeZone === null) return reject('zone-required', 'time zone');
  const offsetAt = offsetsOf(timeZone);
  return {
    start: localMidnight(midnight, offsetAt, field),
    end: localMidnight(midnight + DAY_MS, offsetAt, field),
  };
}

function midnightOf(date: unknown, field: string): number {
  if (date === undefined || date === null) return reject('missing-field', field);
  const match = typeof date === 'string' ? DATE.exec(date) : null;
  if (match === null) return reject('bad-date', field);
  const [text, year = '', month = '', dayOfMonth = ''] = match;
  if (!isDate(year, month, dayOfMonth) || text === '9999-12-31') return reject('bad-date', field);
  return Date.parse(`${text}T00:00:00Z`);
}

function localMidnight(midnight: number, offsetAt: OffsetAt, field: string): string {
  const seconds = midnightOffset(midnight, offsetAt);
  // Local mean times of the nineteenth century have seconds, which no data point can carry.
  if (seconds % 60 !== 0) return reject('bad-date', field);
  return `${new Date(midnight).toISOString().slice(0, 19)}${offsetFromMinutes(seconds / 60)}`;
}

/** Of the offsets in force around a wall time, the earlier one it is valid in; the one before the change if neither. */
function midnightOffset(midnight: number, offsetAt: OffsetAt): number {
  const before = offsetAt(midnight - DAY_MS);
  const after = offsetAt(midnight + DAY_MS);
  const isValid = (offset: number) => offsetAt(midnight - offset * 1000) === offset;
  return isValid(before) || !isValid(after) ? before : after;
}

function offsetsOf(timeZone: string): OffsetAt {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const formatter = formatterOf(timeZone);
  const offsetAt = (instant: number) => offsetSeconds(formatter.format(instant));
  zones.set(timeZone, offsetAt);
  return offsetAt;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  // A zone is named, since a bare offset does not know the clock changes.
  if (!/^[A-Za-z]/.test(timeZone)) return reject('unknown-zone', 'time zone');
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return reject('unknown-zone', 'time zone');
  }
}

/** The offset at the end of a text such as `4/9/2026, GMT-07:00`; plain `GMT` is zero. */
function offsetSeconds(formatted: string): number {
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(formatted);
  if (match === null) return 0;
  const [, sign, hours, minutes, seconds = 0] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}
