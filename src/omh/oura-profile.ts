import type { Fields, Reading } from './data-type.js';
import { datasheetOf, originOf } from './origin.js';
import { instant, utcText } from './time-frame.js';

/**
 * What every reading of `/v2/usercollection/personal_info` shares. A profile has no time of its own: the caller adds
 * `timestamp`, and the identity is as stable as that stamp.
 */
export function ouraProfile(profile: Fields): Pick<Reading, 'frame' | 'origin' | 'datasheet' | 'key'> {
  const frame = instant(profile['timestamp'], 'timestamp');
  return {
    frame,
    origin: originOf(profile, 'oura_raw', 'personal_info'),
    datasheet: datasheetOf(profile, 'oura_raw'),
    key: ['personal_info', utcText(frame.start)],
  };
}
