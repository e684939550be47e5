import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { presentOrNull } from './details.js';
import { requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { sleepSession } from './sleep-session.js';
import { cut } from './units.js';

/**
 * A session of `GET /events/sleep`. `duration_seconds` is no substitute in an older Open Wearables: some providers
 * mean the time asleep by it.
 */
const fromSession: Converter = (session) => {
  const { record, isMainSleep } = sleepSession(session);
  const value = cut(requiredNumber(session, 'time_in_bed_seconds'));
  return { ...record, value, details: { is_main_sleep: isMainSleep } };
};

const fromOura: Converter = (item) => {
  const { record, isMainSleep } = ouraSleep(item);
  const value = cut(requiredNumber(item, 'time_in_bed'));
  return { ...record, value, details: presentOrNull({ is_main_sleep: isMainSleep }) };
};

export const timeInBed: DataType = {
  name: 'time_in_bed',
  ...coded('ieee:time-in-bed:1.0', 'Time in bed'),
  quantity: { property: 'time_in_bed', unit: 'sec' },
  beforeFrame: [],
  standing: 'core',
  fhir: { category: 'activity', codings: [], ucum: 's' },
  feeds: [
    { source: 'ow_normalized', kind: 'session', endpoint: 'events/sleep' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSession, oura_raw: fromOura },
};
