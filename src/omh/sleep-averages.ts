import { coded } from './code.js';
import { dailySummary } from './daily-record.js';
import type { Converter, DataType } from './data-type.js';
import { requiredNumber } from './fields.js';
import { HEART_RATE, HEART_RATE_CODE } from './heart-rate.js';
import { ouraSleep } from './oura-sleep.js';
import { OXYGEN_SATURATION, OXYGEN_SATURATION_CODE } from './oxygen-saturation.js';
import { RESPIRATORY_RATE, RESPIRATORY_RATE_CODE } from './respiratory-rate.js';

const AVERAGE = { descriptive_statistic: 'average' };
const AVERAGE_DURING_SLEEP = { temporal_relationship_to_sleep: 'during sleep', ...AVERAGE };

const feed = { source: 'ow_normalized', kind: 'daily', endpoint: 'summaries/sleep' } as const;

/** A night's average of `GET /summaries/sleep`, keyed apart from the activity summary of the same date. */
function averageOf(field: string): Converter {
  return (summary, context) => ({
    ...dailySummary(summary, context, 'sleep_summary'),
    value: requiredNumber(summary, field),
    details: AVERAGE,
  });
}

export const sleepHeartRateAverage: DataType = {
  name: 'sleep_heart_rate_average',
  ...coded('omh:heart-rate:2.0', 'Heart Rate'),
  quantity: HEART_RATE,
  beforeFrame: [],
  standing: 'extension',
  identityName: 'heart_rate:average',
  fhir: HEART_RATE_CODE,
  feeds: [feed, { source: 'oura_raw', kind: 'session', endpoint: 'sleep' }],
  converters: {
    ow_normalized: averageOf('avg_heart_rate_bpm'),
    oura_raw: (item) => ({
      ...ouraSleep(item).record,
      value: requiredNumber(item, 'average_heart_rate'),
      details: AVERAGE_DURING_SLEEP,
    }),
  },
};

export const sleepRespiratoryRateAverage: DataType = {
  name: 'sleep_respiratory_rate_average',
  ...coded('omh:respiratory-rate:2.0', 'Respiratory rate'),
  quantity: RESPIRATORY_RATE,
  beforeFrame: [],
  standing: 'extension',
  identityName: 'respiratory_rate:average',
  fhir: RESPIRATORY_RATE_CODE,
  feeds: [feed],
  converters: { ow_normalized: averageOf('avg_respiratory_rate') },
};

export const sleepOxygenSaturationAverage: DataType = {
  name: 'sleep_oxygen_saturation_average',
  ...coded('omh:oxygen-saturation:2.0', 'Oxygen saturation'),
  quantity: OXYGEN_SATURATION,
  beforeFrame: [],
  standing: 'extension',
  identityName: 'oxygen_saturation:average',
  fhir: OXYGEN_SATURATION_CODE,
  feeds: [feed],
  converters: { ow_normalized: averageOf('avg_spo2_percent') },
};
