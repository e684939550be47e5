import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { HEART_RATE, HEART_RATE_CODE } from './heart-rate.js';

/** One sleep item holds many of these, so there is no converter of one sample: see `convertSleepHeartRates`. */
export const sleepHeartRate: DataType = {
  name: 'sleep_heart_rate',
  ...coded('omh:heart-rate:2.0', 'Heart Rate'),
  quantity: HEART_RATE,
  beforeFrame: [],
  standing: 'extension',
  identityName: 'heart_rate:items',
  fhir: HEART_RATE_CODE,
  feeds: [{ source: 'oura_raw', kind: 'session', endpoint: 'sleep' }],
  converters: {},
};
