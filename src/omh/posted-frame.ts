import type { Frame } from './data-type.js';
import { isFields } from './fields.js';
import { orRejected, reject } from './rejection.js';
import { at, between, instant, plusSeconds } from './time-frame.js';

/** Seconds of the units of a duration; months and years are of mean length. */
const SECONDS: Readonly<Record<string, number>> = {
  ...{ ps: 1e-12, ns: 1e-9, us: 1e-6, ms: 1e-3, sec: 1, min: 60, h: 3600, d: 86_400, wk: 604_800 },
  ...{ Mo: 2_629_746, yr: 31_556_952 },
};
const HOURS: Readonly<Record<string, readonly [string, string]>> = {
  night: ['00:00:00', '06:00:00'],
  morning: ['06:00:00', '12:00:00'],
  afternoon: ['12:00:00', '18:00:00'],
  evening: ['18:00:00', '23:59:59.999999'],
};

/** When a posted body says it was measured; undefined when that cannot be told. */
export function frameOf(body: unknown): Frame | undefined {
  const frame = isFields(body) ? body['effective_time_frame'] : undefined;
  if (!isFields(frame)) return undefined;
  const found = orRejected(() => {
    const interval = frame['time_interval'];
    if (isFields(interval)) return intervalOf(interval);
    return instant(zoned(frame['date_time']), 'date_time');
  });
  return 'rejected' in found ? undefined : found;
}

function intervalOf(interval: Readonly<Record<string, unknown>>): Frame {
  const { start_date_time: start, end_date_time: end, duration, date, part_of_day: part } = interval;
  if (typeof date === 'string' && typeof part === 'string') {
    const [from, to] = HOURS[part] ?? reject('bad-field', 'part_of_day');
    return between(`${date}T${from}Z`, 'date', `${date}T${to}Z`, 'date');
  }
  if (start !== undefined && end !== undefined) return between(zoned(start), 'start', zoned(end), 'end');
  const seconds = secondsOf(duration);
  if (start !== undefined) {
    const from = at(zoned(start), 'start');
    return { start: from, end: plusSeconds(from, seconds, 'duration') };
  }
  const to = at(zoned(end), 'end');
  return { start: plusSeconds(to, -seconds, 'duration'), end: to };
}

/** A time without an offset is UTC here, as the JupyterHealth Exchange takes it. */
function zoned(time: unknown): unknown {
  return typeof time === 'string' && /T[0-9:.]+$/.test(time) ? `${time}Z` : time;
}

function secondsOf(duration: unknown): number {
  if (!isFields(duration)) return reject('missing-field', 'duration');
  const { value, unit } = duration;
  const factor = typeof unit === 'string' ? SECONDS[unit] : undefined;
  if (typeof value !== 'number' || value < 0 || factor === undefined) return reject('bad-field', 'duration');
  return Math.round(value * factor);
}
