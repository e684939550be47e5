import { coded } from './code.js';
import { dailySummary, ouraDay } from './daily-record.js';
import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { requiredNumber } from './fields.js';

/** The total energy of a day; the active energy travels with physical activity. */
export const caloriesBurned: DataType = {
  name: 'calories_burned',
  ...coded('omh:calories-burned:2.0', 'Calories burned'),
  quantity: { property: 'kcal_burned', unit: 'kcal' },
  beforeFrame: [],
  standing: 'extension',
  fhir: { category: 'activity', codings: [loinc('41981-2', 'Calories burned')], ucum: 'kcal' },
  feeds: [
    { source: 'ow_normalized', kind: 'daily', endpoint: 'summaries/activity' },
    { source: 'oura_raw', kind: 'daily', endpoint: 'daily_activity' },
  ],
  converters: {
    ow_normalized: (summary, context) => ({
      ...dailySummary(summary, context),
      value: requiredNumber(summary, 'total_calories_kcal'),
      details: null,
    }),
    oura_raw: (item, context) => ({
      ...ouraDay(item, 'daily_activity', context),
      value: requiredNumber(item, 'total_calories'),
      details: null,
    }),
  },
};
