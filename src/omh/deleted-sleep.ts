import { convertSleepHeartRates } from './convert-sleep-heart-rates.js';
import { isRejected } from './convert.js';
import type { ConversionContext, DataType } from './data-type.js';
import { isFields } from './fields.js';
import { identifierOf } from './identity.js';
import { ouraSleep } from './oura-sleep.js';
import { orRejected } from './rejection.js';
import { sleepHeartRate } from './sleep-heart-rate.js';

/**
 * The identifiers of all that an item of `/v2/usercollection/sleep` was before the vendor marked it `deleted`; none of
 * any other item. Single heart rates are among them as far as the item still lists them.
 */
export function deletedSleep(
  item: unknown,
  types: readonly DataType[],
  context: ConversionContext,
): readonly string[] {
  if (!isFields(item) || item['type'] !== 'deleted') return [];
  const before = { ...item, type: null };
  const night = orRejected(() => ouraSleep(before).record);
  if (isRejected(night)) return [];
  return types.flatMap((type) => {
    if (type === sleepHeartRate)
      return convertSleepHeartRates(before, context).flatMap((rate) =>
        isRejected(rate) ? [] : rate.identifier,
      );
    return identifierOf(context.subject, 'oura_raw', type.identityName ?? type.name, night.key);
  });
}
