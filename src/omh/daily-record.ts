import { day } from './day-frame.js';
import { documentKey } from './document-key.js';
import type { ConversionContext, Fields, Reading } from './data-type.js';
import { datasheetOf, originOf } from './origin.js';

type DailyRecord = Pick<Reading, 'frame' | 'origin' | 'datasheet' | 'key'>;

/** What every reading of a daily summary of Open Wearables shares: `{date, source, ...}`, one a day. */
export function dailySummary(summary: Fields, context: ConversionContext, kind = 'summary'): DailyRecord {
  const frame = day(summary['date'], 'date', context.timeZone);
  return {
    frame,
    origin: originOf(summary, 'ow_normalized', kind),
    datasheet: datasheetOf(summary, 'ow_normalized'),
    key: [kind, frame.start.slice(0, 10)],
  };
}

/** What every reading of a daily Oura document shares: `{id, day, ...}`. */
export function ouraDay(document: Fields, endpoint: string, context: ConversionContext): DailyRecord {
  const frame = day(document['day'], 'day', context.timeZone);
  return {
    frame,
    origin: originOf(document, 'oura_raw', endpoint),
    datasheet: datasheetOf(document, 'oura_raw'),
    key: documentKey(endpoint, document, frame),
  };
}
