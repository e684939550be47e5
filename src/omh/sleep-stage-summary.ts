import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { present } from './details.js';
import { snomed } from './fhir-code.js';
import { requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { sleepSession } from './sleep-session.js';
import { counted, measured, seconds, secondsOfMinutes } from './units.js';

const fromSession: Converter = (session) => {
  const { record, stages, isMainSleep } = sleepSession(session);
  const summary = present({
    total_sleep_time: seconds(requiredNumber(session, 'sleep_duration_seconds')),
    light_sleep_duration: secondsOfMinutes(stages, 'light_minutes', 'stages.light_minutes'),
    deep_sleep_duration: secondsOfMinutes(stages, 'deep_minutes', 'stages.deep_minutes'),
    rem_sleep_duration: secondsOfMinutes(stages, 'rem_minutes', 'stages.rem_minutes'),
    awake_duration: secondsOfMinutes(stages, 'awake_minutes', 'stages.awake_minutes'),
    sleep_efficiency_percentage: measured(session, 'efficiency_percent', '%'),
  });
  return { ...record, value: null, details: { sleep_stage_summary: summary, is_main_sleep: isMainSleep } };
};

const fromOura: Converter = (item) => {
  const { record, isMainSleep } = ouraSleep(item);
  const summary = present({
    total_sleep_time: seconds(requiredNumber(item, 'total_sleep_duration')),
    light_sleep_duration: counted(item, 'light_sleep_duration', 'sec'),
    deep_sleep_duration: counted(item, 'deep_sleep_duration', 'sec'),
    rem_sleep_duration: counted(item, 'rem_sleep_duration', 'sec'),
    awake_duration: counted(item, 'awake_time', 'sec'),
    latency_to_sleep_onset: counted(item, 'latency', 'sec'),
    sleep_efficiency_percentage: measured(item, 'efficiency', '%'),
  });
  return {
    ...record,
    value: null,
    details: present({ sleep_stage_summary: summary, is_main_sleep: isMainSleep }),
  };
};

/** What the native FHIR rendering calls a summary of sleep stages. */
export const SLEEP_STAGES_CODE: DataType['fhir'] = {
  category: 'activity',
  codings: [snomed('258158006', 'Sleep, function (observable entity)')],
  ucum: null,
};

export const sleepStageSummary: DataType = {
  name: 'sleep_stage_summary',
  ...coded('ieee:sleep-stage-summary:1.0', 'Sleep stage summary'),
  quantity: null,
  beforeFrame: ['sleep_stage_summary'],
  standing: 'core',
  fhir: SLEEP_STAGES_CODE,
  feeds: [
    { source: 'ow_normalized', kind: 'session', endpoint: 'events/sleep' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSession, oura_raw: fromOura },
};
