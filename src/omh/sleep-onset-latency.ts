import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { presentOrNull } from './details.js';
import { requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { cut } from './units.js';

export const sleepOnsetLatency: DataType = {
  name: 'sleep_onset_latency',
  ...coded('ieee:sleep-onset-latency:1.0', 'Sleep onset latency'),
  quantity: { property: 'sleep_onset_latency', unit: 'sec' },
  beforeFrame: [],
  standing: 'extension',
  fhir: { category: 'activity', codings: [], ucum: 's' },
  feeds: [{ source: 'oura_raw', kind: 'session', endpoint: 'sleep' }],
  converters: {
    oura_raw: (item) => {
      const { record, isMainSleep } = ouraSleep(item);
      const value = cut(requiredNumber(item, 'latency'));
      return { ...record, value, details: presentOrNull({ is_main_sleep: isMainSleep }) };
    },
  },
};
