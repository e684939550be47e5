import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { HEART_RATE, HEART_RATE_CODE } from './heart-rate.js';
import { fromSeries } from './series.js';

const WALKING = { temporal_relationship_to_physical_activity: 'active', descriptive_statistic: 'average' };

/** Shares its code with plain heart rate: readers must look at the statistic. */
export const walkingHeartRateAverage: DataType = {
  name: 'walking_heart_rate_average',
  ...coded('omh:heart-rate:2.0', 'Heart Rate'),
  quantity: HEART_RATE,
  beforeFrame: [],
  standing: 'extension',
  identityName: 'heart_rate:average',
  fhir: HEART_RATE_CODE,
  feeds: [{ source: 'ow_normalized', kind: 'sample', series: ['walking_heart_rate_average'] }],
  converters: { ow_normalized: fromSeries({ walking_heart_rate_average: WALKING }) },
};
