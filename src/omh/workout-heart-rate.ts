import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { requiredNumber } from './fields.js';
import { HEART_RATE, HEART_RATE_CODE } from './heart-rate.js';
import { workoutRecord } from './workout.js';

function workoutHeartRate(statistic: 'average' | 'maximum', field: string): DataType {
  const details = {
    temporal_relationship_to_physical_activity: 'during exercise',
    descriptive_statistic: statistic,
  };
  return {
    name: `workout_heart_rate_${statistic}`,
    ...coded('omh:heart-rate:2.0', 'Heart Rate'),
    quantity: HEART_RATE,
    beforeFrame: [],
    standing: 'extension',
    identityName: `heart_rate:${statistic}`,
    fhir: HEART_RATE_CODE,
    feeds: [{ source: 'ow_normalized', kind: 'session', endpoint: 'events/workouts' }],
    converters: {
      ow_normalized: (workout) => ({
        ...workoutRecord(workout),
        value: requiredNumber(workout, field),
        details,
      }),
    },
  };
}

export const workoutHeartRateAverage = workoutHeartRate('average', 'avg_heart_rate_bpm');
export const workoutHeartRateMaximum = workoutHeartRate('maximum', 'max_heart_rate_bpm');
