import { isRejected } from './convert.js';
import type { ConversionContext, Fields, Reading } from './data-type.js';
import { finite, isFields, optionalFields, requiredNumber } from './fields.js';
import { measure } from './measure.js';
import type { Measurement, Rejected } from './measurement.js';
import { ouraSleep } from './oura-sleep.js';
import { orRejected, reject, rejected } from './rejection.js';
import { sleepHeartRate } from './sleep-heart-rate.js';
import { at, plusSeconds, utcText } from './time-frame.js';

const DURING_SLEEP = { temporal_relationship_to_sleep: 'during sleep' };

type SleepRecord = Pick<Reading, 'origin' | 'datasheet' | 'key'>;

/** The list `heart_rate: {interval, items, timestamp}` of a sleep item; interval in whole seconds. */
interface HeartRateList {
  readonly start: string;
  readonly interval: number;
  readonly items: readonly unknown[];
}

/**
 * Every rate of the list in an item of `/v2/usercollection/sleep`, in order; nulls are gaps and give nothing. The
 * list overlaps the heartrate endpoint: read one of the two. An unreadable item is one rejection.
 */
export function convertSleepHeartRates(
  item: unknown,
  context: ConversionContext,
): readonly (Measurement | Rejected)[] {
  if (!isFields(item)) return [rejected('not-an-object', 'sample')];
  const night = orRejected(() => ({ record: ouraSleep(item).record, list: listOf(item) }));
  if (isRejected(night)) return [night];
  return night.list.items.flatMap((value, index) =>
    value === null ? [] : [orRejected(() => rateAt(night.record, night.list, index, value, context.subject))],
  );
}

function listOf(item: Fields): HeartRateList {
  const list = optionalFields(item, 'heart_rate');
  const items: unknown = list['items'];
  const interval = requiredNumber(list, 'interval', 'heart_rate.interval');
  if (!Number.isInteger(interval) || interval < 1) return reject('bad-number', 'heart_rate.interval');
  if (!Array.isArray(items)) return reject('bad-field', 'heart_rate.items');
  return { start: at(list['timestamp'], 'heart_rate.timestamp'), interval, items };
}

function rateAt(
  record: SleepRecord,
  { start, interval }: HeartRateList,
  index: number,
  rate: unknown,
  subject: string,
): Measurement {
  const label = 'heart_rate.items';
  const value = typeof rate === 'number' ? finite(rate, label) : reject('bad-number', label);
  const time = plusSeconds(start, index * interval, label);
  const frame = { start: time, end: null };
  const key = [...record.key, utcText(time)];
  return measure(
    sleepHeartRate,
    'oura_raw',
    { ...record, frame, value, details: DURING_SLEEP, key },
    subject,
  );
}
