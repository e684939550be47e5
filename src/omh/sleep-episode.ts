import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { present } from './details.js';
import { snomed } from './fhir-code.js';
import { ouraSleep } from './oura-sleep.js';
import { sleepSession } from './sleep-session.js';
import { counted, measured, secondsOfMinutes } from './units.js';

/** A session of `GET /events/sleep`. Awake minutes hold the time to fall asleep too: an approximation. */
const fromSession: Converter = (session) => {
  const { record, stages, isMainSleep } = sleepSession(session);
  const details = present({
    total_sleep_time: counted(session, 'sleep_duration_seconds', 'sec'),
    light_sleep_duration: secondsOfMinutes(stages, 'light_minutes', 'stages.light_minutes'),
    deep_sleep_duration: secondsOfMinutes(stages, 'deep_minutes', 'stages.deep_minutes'),
    rem_sleep_duration: secondsOfMinutes(stages, 'rem_minutes', 'stages.rem_minutes'),
    wake_after_sleep_onset: secondsOfMinutes(stages, 'awake_minutes', 'stages.awake_minutes'),
    sleep_efficiency_percentage: measured(session, 'efficiency_percent', '%'),
    is_main_sleep: isMainSleep,
  });
  return { ...record, value: null, details };
};

const fromOura: Converter = (item) => {
  const { record, isMainSleep } = ouraSleep(item);
  const details = present({
    total_sleep_time: counted(item, 'total_sleep_duration', 'sec'),
    light_sleep_duration: counted(item, 'light_sleep_duration', 'sec'),
    deep_sleep_duration: counted(item, 'deep_sleep_duration', 'sec'),
    rem_sleep_duration: counted(item, 'rem_sleep_duration', 'sec'),
    wake_after_sleep_onset: counted(item, 'awake_time', 'sec'),
    latency_to_sleep_onset: counted(item, 'latency', 'sec'),
    sleep_efficiency_percentage: measured(item, 'efficiency', '%'),
    is_main_sleep: isMainSleep,
  });
  return { ...record, value: null, details };
};

export const sleepEpisode: DataType = {
  name: 'sleep_episode',
  ...coded('ieee:sleep-episode:1.0', 'Sleep episode'),
  quantity: null,
  beforeFrame: [],
  standing: 'core',
  fhir: {
    category: 'activity',
    codings: [snomed('258158006', 'Sleep, function (observable entity)')],
    ucum: null,
  },
  feeds: [
    { source: 'ow_normalized', kind: 'session', endpoint: 'events/sleep' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSession, oura_raw: fromOura },
};
