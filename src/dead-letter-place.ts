import { day } from './omh/day-frame.js';
import { isFields } from './omh/fields.js';
import { originOf } from './omh/origin.js';
import { endpointsOf, dataTypeNamed, isDataTypeName } from './omh/registry.js';
import { orRejected } from './omh/rejection.js';
import { at, instantToUtc } from './omh/time-frame.js';
import type { UnreadPlace } from './db/dead-letter-places.js';
import { isRaw, type OpenedLetter } from './dead-letter-trials.js';

/** The fields that tell when a record begins; the first that can be read counts. */
const STARTS = ['start_time', 'bedtime_start', 'start_datetime'];
const DAYS = ['date', 'day'];

/** Data types that make many observations of one record: the start of the record is no place of theirs. */
const MANY = ['sleep_heart_rate'];

/**
 * Where the sample of a letter belongs that cannot be converted: by its start and its origin, as far as they can be
 * read; undefined when they cannot.
 */
export function placeOf(letter: OpenedLetter, timeZone: string): UnreadPlace | undefined {
  const { dataType, series } = letter;
  if (!isDataTypeName(dataType) || MANY.includes(dataType)) return undefined;
  const record: unknown = Array.isArray(letter.record) ? letter.record[0] : letter.record;
  if (!isFields(record)) return undefined;
  const source = isRaw(letter) ? 'oura_raw' : 'ow_normalized';
  const origin = orRejected(() => originOf(record, source, series));
  const start = startOf(record, timeZone);
  if ('rejected' in origin || start === undefined) return undefined;
  const isSeries = dataType !== 'blood_pressure' && !endpointsOf(dataTypeNamed(dataType)).includes(series);
  return {
    identifierSystem: isRaw(letter) ? 'ow:raw' : 'ow:normalized',
    series: isSeries ? series : null,
    origin,
    start: instantToUtc(start).utc,
  };
}

function startOf(record: Readonly<Record<string, unknown>>, timeZone: string): string | undefined {
  const times = [
    ...STARTS.map((field) => orRejected(() => at(record[field], field))),
    ...DAYS.map((field) => orRejected(() => day(record[field], field, timeZone).start)),
    orRejected(() => at(record['timestamp'], 'timestamp')),
  ];
  return times.find((time) => typeof time === 'string');
}
