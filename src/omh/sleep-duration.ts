import { coded } from './code.js';
import { dailySummary } from './daily-record.js';
import type { Converter, DataType } from './data-type.js';
import { presentOrNull } from './details.js';
import { loinc, snomed } from './fhir-code.js';
import { finite, requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { cut } from './units.js';

/** A summary of `GET /summaries/sleep`: the figure leaves naps out and belongs to the day the sleep ended. */
const fromSummary: Converter = (summary, context) => ({
  ...dailySummary(summary, context),
  value: cut(finite(requiredNumber(summary, 'duration_minutes') * 60, 'duration_minutes')),
  details: { is_main_sleep: true },
});

const fromOura: Converter = (item) => {
  const { record, isMainSleep } = ouraSleep(item);
  const value = cut(requiredNumber(item, 'total_sleep_duration'));
  return { ...record, value, details: presentOrNull({ is_main_sleep: isMainSleep }) };
};

export const sleepDuration: DataType = {
  name: 'sleep_duration',
  ...coded('ieee:total-sleep-time:1.0', 'Total sleep time'),
  quantity: { property: 'total_sleep_time', unit: 'sec' },
  beforeFrame: [],
  standing: 'core',
  fhir: {
    category: 'activity',
    codings: [
      loinc('93832-4', 'Sleep duration'),
      snomed('248263006', 'Duration of sleep (observable entity)'),
    ],
    ucum: 's',
  },
  feeds: [
    { source: 'ow_normalized', kind: 'daily', endpoint: 'summaries/sleep' },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSummary, oura_raw: fromOura },
};
