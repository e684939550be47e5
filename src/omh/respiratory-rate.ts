import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { requiredNumber } from './fields.js';
import { ouraSleep } from './oura-sleep.js';
import { fromSeries } from './series.js';

export const RESPIRATORY_RATE = { property: 'respiratory_rate', unit: 'breaths/min' };

export const RESPIRATORY_RATE_CODE: DataType['fhir'] = {
  category: 'vital-signs',
  codings: [loinc('9279-1', 'Respiratory rate')],
  ucum: '/min',
};

const AVERAGE = { descriptive_statistic: 'average' };

const fromOura: Converter = (item) => ({
  ...ouraSleep(item).record,
  value: requiredNumber(item, 'average_breath'),
  details: AVERAGE,
});

export const respiratoryRate: DataType = {
  name: 'respiratory_rate',
  ...coded('omh:respiratory-rate:2.0', 'Respiratory rate'),
  quantity: RESPIRATORY_RATE,
  beforeFrame: [],
  standing: 'core',
  fhir: RESPIRATORY_RATE_CODE,
  feeds: [
    { source: 'ow_normalized', kind: 'sample', series: ['respiratory_rate'] },
    { source: 'oura_raw', kind: 'session', endpoint: 'sleep' },
  ],
  converters: { ow_normalized: fromSeries({ respiratory_rate: null }), oura_raw: fromOura },
};
