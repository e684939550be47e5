import type { Fields, Reading } from './data-type.js';
import { documentKey } from './document-key.js';
import { has, storable } from './fields.js';
import { datasheetOf, originOf } from './origin.js';
import { reject } from './rejection.js';
import { between, utcText } from './time-frame.js';

type WorkoutRecord = Pick<Reading, 'frame' | 'origin' | 'datasheet' | 'key'>;

/**
 * What every reading of a workout of `GET /events/workouts` shares. Keyed by its wearable and start, as a sleep
 * session is: what Open Wearables stores anew under another id is still the same workout.
 */
export function workoutRecord(workout: Fields): WorkoutRecord {
  const frame = between(workout['start_time'], 'start_time', workout['end_time'], 'end_time');
  const origin = originOf(workout, 'ow_normalized', 'workout');
  return {
    frame,
    origin,
    datasheet: datasheetOf(workout, 'ow_normalized'),
    key: ['workout', origin.provider, origin.device ?? '', utcText(frame.start)],
  };
}

/** What every reading of an item of `/v2/usercollection/workout` shares. */
export function ouraWorkoutRecord(item: Fields): WorkoutRecord {
  const frame = between(item['start_datetime'], 'start_datetime', item['end_datetime'], 'end_datetime');
  return {
    frame,
    origin: originOf(item, 'oura_raw', 'workout'),
    datasheet: datasheetOf(item, 'oura_raw'),
    key: documentKey('workout', item, frame),
  };
}

/**
 * The activity's name. A workout without the field is no workout; one whose name is no text gives a body that its
 * schema forbids, so this is asked last, after every other reason to reject.
 */
export function activityName(workout: Fields, field: string): string {
  if (!has(workout, field)) return reject('missing-field', field);
  const name = workout[field];
  return typeof name === 'string' ? storable(name, field) : reject('schema', 'activity_name');
}
