/** Microseconds since 1970-01-01T00:00:00Z: Open Wearables keeps six decimals, a Date only three. */
export type Instant = number;

export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A time as a client sent it; `offsetMinutes` is null when it named no offset (then it counts as UTC). */
export interface SentTime {
  readonly instant: Instant;
  readonly offsetMinutes: number | null;
}

const YEAR_10000_SECONDS = 253_402_300_800;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$/;

export function instantOf(date: Date): Instant {
  return date.getTime() * MILLISECOND;
}

export function dateOf(instant: Instant): Date {
  return new Date(Math.floor(instant / MILLISECOND));
}

function withoutOffset(instant: Instant): string {
  const fraction = ((instant % SECOND) + SECOND) % SECOND;
  const seconds = new Date((instant - fraction) / MILLISECOND).toISOString().slice(0, 19);
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
}

/** `2026-11-21T08:07:13.250000Z`, the fraction left out when it is zero: what a JSON answer shows. */
export function isoZ(instant: Instant): string {
  return `${withoutOffset(instant)}Z`;
}

/** `2026-11-21T08:07:13.250000+00:00`: what a cursor and the historical sync show. */
export function isoOffset(instant: Instant): string {
  return `${withoutOffset(instant)}+00:00`;
}

/** The calendar day in UTC, `2026-11-21`. */
export function isoDate(instant: Instant): string {
  return withoutOffset(instant).slice(0, 10);
}

function offsetOf(zulu: string | undefined, sign: string | undefined, hours = '0', minutes = '0') {
  if (zulu !== undefined) return 0;
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function ofIso(text: string): SentTime | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, date = '', clock = '00:00', seconds = '00', fraction = '', zulu, sign, hours, minutes] = match;
  const wall = new Date(`${date}T${clock}:${seconds}Z`);
  if (Number.isNaN(wall.getTime()) || wall.toISOString().slice(0, 10) !== date) return undefined;
  const offsetMinutes = offsetOf(zulu, sign, hours, minutes);
  const micros = instantOf(wall) + Number(fraction.padEnd(6, '0'));
  return { instant: micros - (offsetMinutes ?? 0) * MINUTE, offsetMinutes };
}

/**
 * Reads what the API takes as a time: ISO 8601 (a date alone too) or Unix seconds. Unix milliseconds fall
 * outside the calendar and are not a time; nor is an offset whose `+` arrived as a space.
 */
export function parseTime(text: string): SentTime | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return ofIso(text);
  const seconds = Number(text);
  if (Math.abs(seconds) >= YEAR_10000_SECONDS) return undefined;
  return { instant: Math.round(seconds * SECOND), offsetMinutes: 0 };
}

/** The instant of a text this program or a recording wrote. */
export function instantOfText(text: string): Instant {
  const parsed = parseTime(text);
  if (!parsed) throw new RangeError('not a time');
  return parsed.instant;
}

function suffix(offsetMinutes: number | null): string {
  if (offsetMinutes === null) return '';
  if (offsetMinutes === 0) return 'Z';
  const size = Math.abs(offsetMinutes);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** The time as `metadata` echoes it: in the offset, or without one, in which it was sent. */
export function echo(sent: SentTime): string {
  return withoutOffset(sent.instant + (sent.offsetMinutes ?? 0) * MINUTE) + suffix(sent.offsetMinutes);
}

/** `+02:00` for 120. */
export function zoneOffset(offsetMinutes: number): string {
  return offsetMinutes === 0 ? '+00:00' : suffix(offsetMinutes);
}

/** True when the clock shows exactly midnight in the offset the time was sent with. */
export function isMidnight(sent: SentTime): boolean {
  return (sent.instant + (sent.offsetMinutes ?? 0) * MINUTE) % DAY === 0;
}
