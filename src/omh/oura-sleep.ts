import type { Fields, Frame, Reading } from './data-type.js';
import { documentKey } from './document-key.js';
import { datasheetOf, originOf } from './origin.js';
import { reject } from './rejection.js';
import { between } from './time-frame.js';

const MAIN_SLEEP: ReadonlyMap<unknown, boolean> = new Map([
  ['long_sleep', true],
  ['sleep', false],
  ['late_nap', false],
]);

/** What every reading of an item of `/v2/usercollection/sleep` shares. */
export interface OuraSleep {
  readonly frame: Frame;
  /** undefined when the item's type does not tell. */
  readonly isMainSleep: boolean | undefined;
  readonly record: Pick<Reading, 'frame' | 'origin' | 'datasheet' | 'key'>;
}

/** The bounds of an Oura sleep item. Rest periods and deleted items are no sleep, whatever else they say. */
export function ouraSleep(item: Fields): OuraSleep {
  const type = item['type'];
  if (type === 'rest' || type === 'deleted') return reject('rejected-sleep-type', 'type');
  if (typeof type === 'object' && type !== null) return reject('bad-field', 'type');
  const frame = between(item['bedtime_start'], 'bedtime_start', item['bedtime_end'], 'bedtime_end');
  const origin = originOf(item, 'oura_raw', 'sleep');
  const datasheet = datasheetOf(item, 'oura_raw');
  const key = documentKey('sleep', item, frame);
  return { frame, isMainSleep: MAIN_SLEEP.get(type), record: { frame, origin, datasheet, key } };
}
