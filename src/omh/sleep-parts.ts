import { coded } from './code.js';
import type { DataType } from './data-type.js';
import { present } from './details.js';
import { requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { sleepSession } from './sleep-session.js';
import { cut, seconds, secondsOfMinutes } from './units.js';
import { reject } from './rejection.js';

/** The deep or light part of one sleep, with the whole it is a part of. REM has no schema of its own. */
function sleepPart(part: 'deep' | 'light', display: string): DataType {
  const duration = `${part}_sleep_duration`;
  const minutes = `${part}_minutes`;
  return {
    name: `${part}_sleep`,
    ...coded(`ieee:${part}-sleep:1.0`, display),
    quantity: { property: duration, unit: 'sec' },
    beforeFrame: ['total_sleep_time'],
    standing: 'extension',
    fhir: { category: 'activity', codings: [], ucum: 's' },
    feeds: [
      { source: 'ow_normalized', kind: 'session', endpoint: 'events/sleep' },
      { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
    ],
    converters: {
      ow_normalized: (session) => {
        const { record, stages, isMainSleep } = sleepSession(session);
        const label = `stages.${minutes}`;
        const { value } = secondsOfMinutes(stages, minutes, label) ?? reject('missing-field', label);
        const total = seconds(requiredNumber(session, 'sleep_duration_seconds'));
        return { ...record, value, details: { total_sleep_time: total, is_main_sleep: isMainSleep } };
      },
      oura_raw: (item) => {
        const { record, isMainSleep } = ouraSleep(item);
        const value = cut(requiredNumber(item, duration));
        const total = seconds(requiredNumber(item, 'total_sleep_duration'));
        return {
          ...record,
          value,
          details: present({ total_sleep_time: total, is_main_sleep: isMainSleep }),
        };
      },
    },
  };
}

export const deepSleep = sleepPart('deep', 'Deep sleep');
export const lightSleep = sleepPart('light', 'Light sleep');
