import { coded } from './code.js';
import type { Converter, DataType, Fields, Quantity } from './data-type.js';
import { present } from './details.js';
import { finite, optionalNumber } from './fields.js';
import { physicalActivity } from './physical-activity.js';
import { counted, measured } from './units.js';
import { activityName, workoutRecord } from './workout.js';

/** A workout of `GET /events/workouts` with its climb and speed; steps and intensity stay with the plain type. */
const fromWorkout: Converter = (workout) => {
  const record = workoutRecord(workout);
  const figures = {
    duration: counted(workout, 'duration_seconds', 'sec'),
    distance: measured(workout, 'distance_meters', 'm'),
    kcal_burned: measured(workout, 'calories_kcal', 'kcal'),
    cumulative_elevation_gain: measured(workout, 'elevation_gain_meters', 'm'),
    average_speed: speedOf(workout),
  };
  const details = present({ activity_name: activityName(workout, 'type'), ...figures });
  return { ...record, value: null, details };
};

/** Metres a second from seconds a kilometre, unrounded; a pace of zero is no pace. */
function speedOf(workout: Fields): Quantity | undefined {
  const pace = optionalNumber(workout, 'avg_pace_sec_per_km') ?? 0;
  if (pace === 0) return undefined;
  return { value: finite(1000 / pace, 'avg_pace_sec_per_km'), unit: 'm/s' };
}

export const workoutElevationAndSpeed: DataType = {
  name: 'workout_elevation_and_speed',
  ...coded('ieee:physical-activity:1.0', 'Physical activity'),
  quantity: null,
  beforeFrame: ['activity_name'],
  standing: 'extension',
  identityName: 'physical_activity:elevation_and_speed',
  fhir: physicalActivity.fhir,
  feeds: [{ source: 'ow_normalized', kind: 'session', endpoint: 'events/workouts' }],
  converters: { ow_normalized: fromWorkout },
};
