import type { Converter, DataType, Fields, Reading } from './data-type.js';
import { coded } from './code.js';
import { loinc } from './fhir-code.js';
import { has, requiredNumber } from './fields.js';
import { datasheetOf, originOf } from './origin.js';
import { ouraSleep } from './oura-sleep.js';
import { fromSeries } from './series.js';
import { instant, utcText } from './time-frame.js';

export const HEART_RATE = { property: 'heart_rate', unit: 'beats/min' };

/** The confirmed FHIR code of every kind of heart rate. */
export const HEART_RATE_CODE: DataType['fhir'] = {
  category: 'vital-signs',
  codings: [loinc('8867-4', 'Heart rate')],
  ucum: '/min',
};

const DURING_SLEEP = { temporal_relationship_to_sleep: 'during sleep' };
const LOWEST_DURING_SLEEP = { ...DURING_SLEEP, descriptive_statistic: 'minimum' };

/** An item of `/v2/usercollection/heartrate`: `{bpm, source, timestamp}`. */
function fromHeartRateItem(item: Fields): Reading {
  const value = requiredNumber(item, 'bpm');
  const frame = instant(item['timestamp'], 'timestamp');
  return {
    frame,
    value,
    details: null,
    origin: originOf(item, 'oura_raw', 'heartrate'),
    datasheet: datasheetOf(item, 'oura_raw'),
    key: ['heartrate', utcText(frame.start)],
  };
}

/** The lowest rate of a night, from an item of `/v2/usercollection/sleep`. */
function fromSleepItem(item: Fields): Reading {
  const { record } = ouraSleep(item);
  return { ...record, value: requiredNumber(item, 'lowest_heart_rate'), details: LOWEST_DURING_SLEEP };
}

/** The key `bedtime_start` makes a sleep item, even when it is null. */
const fromOura: Converter = (item) =>
  has(item, 'bedtime_start') ? fromSleepItem(item) : fromHeartRateItem(item);

export const heartRate: DataType = {
  name: 'heart_rate',
  ...coded('omh:heart-rate:2.0', 'Heart Rate'),
  quantity: HEART_RATE,
  beforeFrame: [],
  standing: 'core',
  fhir: HEART_RATE_CODE,
  feeds: [
    { source: 'ow_normalized', kind: 'sample', series: ['heart_rate', 'resting_heart_rate'] },
    { source: 'oura_raw', kind: 'sample', endpoint: 'heartrate' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: {
    ow_normalized: fromSeries({ heart_rate: null, resting_heart_rate: DURING_SLEEP }),
    oura_raw: fromOura,
  },
};
