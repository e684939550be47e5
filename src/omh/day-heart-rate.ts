import { coded } from './code.js';
import { dailySummary } from './daily-record.js';
import type { DataType } from './data-type.js';
import { optionalFields, requiredNumber } from './fields.js';
import { HEART_RATE, HEART_RATE_CODE } from './heart-rate.js';

function dayHeartRate(statistic: 'average' | 'maximum' | 'minimum', field: string): DataType {
  const details = { descriptive_statistic: statistic };
  return {
    name: `day_heart_rate_${statistic}`,
    ...coded('omh:heart-rate:2.0', 'Heart Rate'),
    quantity: HEART_RATE,
    beforeFrame: [],
    standing: 'extension',
    identityName: `heart_rate:${statistic}`,
    fhir: HEART_RATE_CODE,
    feeds: [{ source: 'ow_normalized', kind: 'daily', endpoint: 'summaries/activity' }],
    converters: {
      ow_normalized: (summary, context) => ({
        ...dailySummary(summary, context),
        value: requiredNumber(optionalFields(summary, 'heart_rate'), field, `heart_rate.${field}`),
        details,
      }),
    },
  };
}

export const dayHeartRateAverage = dayHeartRate('average', 'avg_bpm');
export const dayHeartRateMaximum = dayHeartRate('maximum', 'max_bpm');
export const dayHeartRateMinimum = dayHeartRate('minimum', 'min_bpm');
