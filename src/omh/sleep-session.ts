import type { Fields, Frame, Reading } from './data-type.js';
import { optionalFields } from './fields.js';
import { datasheetOf, originOf } from './origin.js';
import { reject } from './rejection.js';
import { between, utcText } from './time-frame.js';

/** What every reading of a session of `GET /events/sleep` shares. */
export interface SleepSession {
  readonly frame: Frame;
  readonly isMainSleep: boolean;
  readonly stages: Fields;
  readonly record: Pick<Reading, 'frame' | 'origin' | 'datasheet' | 'key'>;
}

/**
 * The bounds, kind and stages of a sleep session. Keyed by provider and start: Open Wearables replaces merged
 * sessions under a new id.
 */
export function sleepSession(session: Fields): SleepSession {
  const frame = between(session['start_time'], 'start_time', session['end_time'], 'end_time');
  const origin = originOf(session, 'ow_normalized', 'sleep');
  const datasheet = datasheetOf(session, 'ow_normalized');
  const key = [origin.provider, utcText(frame.start)];
  return {
    frame,
    isMainSleep: !isNap(session['is_nap']),
    stages: optionalFields(session, 'stages'),
    record: { frame, origin, datasheet, key },
  };
}

function isNap(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value === 'boolean' ? value : reject('bad-field', 'is_nap');
}
