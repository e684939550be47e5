import type { Frame } from './data-type.js';
import { reject } from './rejection.js';

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const MICROSECOND_DIGITS = 6;
const FIRST_SECOND = Date.parse('0001-01-01T00:00:00Z');
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z');

/**
 * The one text form of an instant: wall time and offset of the input, `YYYY-MM-DDThh:mm:ss[.ffffff](Z|±hh:mm)`.
 * Works on the text, since a Date keeps milliseconds only. ISO 8601 extended form, years 0001 to 9999, whole-minute
 * offsets; an instant without an offset is rejected rather than guessed.
 */
export function at(timestamp: unknown, field: string): string {
  if (timestamp === undefined || timestamp === null) return reject('missing-field', field);
  if (typeof timestamp !== 'string') return reject('bad-time', field);
  const match = TIMESTAMP.exec(timestamp.trim());
  if (match === null) return reject('bad-time', field);
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction, offset] =
    match;
  if (!isDate(year, month, day) || hour > '23' || minute > '59' || second > '59')
    return reject('bad-time', field);
  if (offset === undefined) return reject('no-time-zone', field);
  const zone = offsetText(offset);
  if (zone === null) return reject('bad-time', field);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fractionText(fraction)}${zone}`;
}

/** A calendar date of the proleptic Gregorian calendar, years 0001 to 9999, from its digits. */
export function isDate(year: string, month: string, day: string): boolean {
  if (year === '0000' || month < '01' || month > '12' || day < '01') return false;
  return day <= '28' || Number(day) <= daysInMonth(Number(year), Number(month));
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function fractionText(fraction: string | undefined): string {
  if (fraction === undefined) return '';
  const digits = fraction.slice(0, MICROSECOND_DIGITS).padEnd(MICROSECOND_DIGITS, '0');
  return digits === '000000' ? '' : `.${digits}`;
}

function offsetText(offset: string): string | null {
  if (offset === 'Z') return 'Z';
  const hours = offset.slice(1, 3);
  const minutes = offset.length > 3 ? offset.slice(-2) : '00';
  if (hours > '23' || minutes > '59') return null;
  return hours === '00' && minutes === '00' ? 'Z' : `${offset.slice(0, 1)}${hours}:${minutes}`;
}

/** The frame of one instant. */
export function instant(timestamp: unknown, field: string): Frame {
  return { start: at(timestamp, field), end: null };
}

/** The frame from one instant to another, which must not lie before it. */
export function between(start: unknown, startField: string, end: unknown, endField: string): Frame {
  const from = at(start, startField);
  const to = at(end, endField);
  if (compareInstants(to, from) < 0) return reject('reversed-interval', endField);
  return { start: from, end: to };
}

/** Negative when a text of `at()` lies before another, zero when both are the same microsecond. */
export function compareInstants(one: string, other: string): number {
  const difference = epochSeconds(one) - epochSeconds(other);
  return difference === 0 ? Number(microseconds(one)) - Number(microseconds(other)) : difference;
}

/** Whole seconds since 1970 of a text of `at()`, its fraction cut. */
function epochSeconds(text: string): number {
  return Date.parse(`${text.slice(0, 19)}Z`) / 1000 - offsetMinutesOf(text) * 60;
}

/** The six fraction digits of a text of `at()`; zeros when it has none. */
function microseconds(text: string): string {
  return text.charAt(19) === '.' ? text.slice(20, 26) : '000000';
}

/** The offset from UTC in minutes of a text of `at()`. */
function offsetMinutesOf(text: string): number {
  if (text.endsWith('Z')) return 0;
  const minutes = Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2));
  return text.charAt(text.length - 6) === '-' ? -minutes : minutes;
}

/** A text of `at()` moved by whole seconds, in its own offset. */
export function plusSeconds(text: string, seconds: number, field: string): string {
  const moved = new Date(Date.parse(`${text.slice(0, 19)}Z`) + seconds * 1000);
  const isWritable = moved.getTime() <= LAST_SECOND && moved.getTime() >= FIRST_SECOND;
  return isWritable ? `${moved.toISOString().slice(0, 19)}${text.slice(19)}` : reject('bad-time', field);
}

/** The same instant in UTC, as the identity recipe writes it: `Z`, and a fraction only when there is one. */
export function utcText(text: string): string {
  if (text.endsWith('Z')) return text;
  const digits = microseconds(text);
  const wall = new Date(epochSeconds(text) * 1000).toISOString().slice(0, -5);
  return digits === '000000' ? `${wall}Z` : `${wall}.${digits}Z`;
}

/**
 * What a timestamptz column and an offset column store of a text of `at()`: the instant in UTC with microseconds,
 * and the offset in minutes. Years outside 0001 to 9999, which only an offset can reach, are written as Postgres
 * reads them (`0001-12-31T19:00:00.000000Z BC`, `10000-01-01T04:00:00.000000Z`).
 */
export function instantToUtc(text: string): { readonly utc: string; readonly offsetMinutes: number } {
  // Most upstreams write UTC: there is nothing to reckon.
  if (text.endsWith('Z')) return { utc: `${text.slice(0, 19)}.${microseconds(text)}Z`, offsetMinutes: 0 };
  const iso = new Date(epochSeconds(text) * 1000).toISOString();
  const time = `${iso.slice(-20, -5)}.${microseconds(text)}Z`;
  const year = Number(iso.slice(0, -20));
  const utc = year < 1 ? `0001${time} BC` : `${String(year).padStart(4, '0')}${time}`;
  return { utc, offsetMinutes: offsetMinutesOf(text) };
}

/** The text of `at()` that `instantToUtc` was given. */
export function instantFromUtc(utc: string, offsetMinutes: number): string {
  const iso = utc.endsWith(' BC') ? `0000${utc.slice(4, -3)}` : utc.length > 27 ? `+0${utc}` : utc;
  const wall = new Date(Date.parse(`${iso.slice(0, -8)}Z`) + offsetMinutes * 60_000)
    .toISOString()
    .slice(0, 19);
  const digits = utc.endsWith(' BC') ? utc.slice(-10, -4) : utc.slice(-7, -1);
  return `${wall}${fractionText(digits)}${offsetFromMinutes(offsetMinutes)}`;
}

/** `±hh:mm`, and `Z` for zero. */
export function offsetFromMinutes(minutes: number): string {
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}
