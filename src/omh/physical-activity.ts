import { coded } from './code.js';
import { dailySummary, ouraDay } from './daily-record.js';
import type { Converter, DataType, Fields } from './data-type.js';
import { present } from './details.js';
import { snomed } from './fhir-code.js';
import { has, optionalFields } from './fields.js';
import { reject } from './rejection.js';
import { counted, measured } from './units.js';
import { activityName, ouraWorkoutRecord, workoutRecord } from './workout.js';

const DAILY = 'daily activity summary';

const INTENSITIES: ReadonlyMap<unknown, string> = new Map([
  ['low', 'light'],
  ['moderate', 'moderate'],
  ['high', 'vigorous'],
]);
const OURA_INTENSITIES: ReadonlyMap<unknown, string> = new Map([
  ['easy', 'light'],
  ['moderate', 'moderate'],
  ['hard', 'vigorous'],
]);

/** A summary of `GET /summaries/activity`; intensity in minutes. */
const fromSummary: Converter = (summary, context) => {
  const record = dailySummary(summary, context);
  const intensity = optionalFields(summary, 'intensity_minutes');
  const details = present({
    activity_name: DAILY,
    distance: measured(summary, 'distance_meters', 'm'),
    kcal_burned: measured(summary, 'active_calories_kcal', 'kcal'),
    base_movement_quantity: counted(summary, 'steps', 'steps'),
    duration: counted(summary, 'active_minutes', 'min'),
    duration_light_activity: counted(intensity, 'light', 'min', 'intensity_minutes.light'),
    duration_moderate_activity: counted(intensity, 'moderate', 'min', 'intensity_minutes.moderate'),
    duration_vigorous_activity: counted(intensity, 'vigorous', 'min', 'intensity_minutes.vigorous'),
  });
  return { ...record, value: null, details };
};

/** A workout of `GET /events/workouts`. */
const fromWorkout: Converter = (workout) => {
  const record = workoutRecord(workout);
  const figures = {
    duration: counted(workout, 'duration_seconds', 'sec'),
    distance: measured(workout, 'distance_meters', 'm'),
    kcal_burned: measured(workout, 'calories_kcal', 'kcal'),
    base_movement_quantity: counted(workout, 'steps_count', 'steps'),
    reported_activity_intensity: intensityOf(workout, INTENSITIES),
  };
  const details = present({ activity_name: activityName(workout, 'type'), ...figures });
  return { ...record, value: null, details };
};

/** An item of `/v2/usercollection/daily_activity`; intensity in seconds. */
const fromOuraDay: Converter = (item, context) => {
  const record = ouraDay(item, 'daily_activity', context);
  const details = present({
    activity_name: DAILY,
    distance: measured(item, 'equivalent_walking_distance', 'm'),
    kcal_burned: measured(item, 'active_calories', 'kcal'),
    base_movement_quantity: counted(item, 'steps', 'steps'),
    duration_light_activity: counted(item, 'low_activity_time', 'sec'),
    duration_moderate_activity: counted(item, 'medium_activity_time', 'sec'),
    duration_vigorous_activity: counted(item, 'high_activity_time', 'sec'),
  });
  return { ...record, value: null, details };
};

/** An item of `/v2/usercollection/workout`. */
const fromOuraWorkout: Converter = (item) => {
  const record = ouraWorkoutRecord(item);
  const figures = {
    distance: measured(item, 'distance', 'm'),
    kcal_burned: measured(item, 'calories', 'kcal'),
    reported_activity_intensity: intensityOf(item, OURA_INTENSITIES),
  };
  return {
    ...record,
    value: null,
    details: present({ activity_name: activityName(item, 'activity'), ...figures }),
  };
};

/** The standard's word for an intensity; undefined for one that has none. */
function intensityOf(workout: Fields, words: ReadonlyMap<unknown, string>): string | undefined {
  const intensity = workout['intensity'];
  if (typeof intensity === 'object' && intensity !== null) return reject('bad-field', 'intensity');
  return words.get(intensity);
}

/** Which of the two shapes a record has is told by its keys alone; a null value is there. */
const fromOpenWearables: Converter = (record, context) => {
  if (has(record, 'start_time') && has(record, 'end_time')) return fromWorkout(record, context);
  return has(record, 'date') ? fromSummary(record, context) : reject('unknown-shape', 'sample');
};

const fromOura: Converter = (item, context) => {
  if (has(item, 'activity') && has(item, 'start_datetime')) return fromOuraWorkout(item, context);
  return has(item, 'day') ? fromOuraDay(item, context) : reject('unknown-shape', 'sample');
};

export const physicalActivity: DataType = {
  name: 'physical_activity',
  ...coded('ieee:physical-activity:1.0', 'Physical activity'),
  quantity: null,
  beforeFrame: ['activity_name'],
  standing: 'core',
  fhir: {
    category: 'activity',
    codings: [snomed('68130003', 'Physical activity (observable entity)')],
    ucum: null,
  },
  feeds: [
    { source: 'ow_normalized', kind: 'daily', endpoint: 'summaries/activity' },
    { source: 'ow_normalized', kind: 'session', endpoint: 'events/workouts' },
    { source: 'oura_raw', kind: 'daily', endpoint: 'daily_activity' },
    { source: 'oura_raw', kind: 'session', endpoint: 'workout' },
  ],
  converters: { ow_normalized: fromOpenWearables, oura_raw: fromOura },
};
