import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { requiredNumber } from './fields.js';
import { ouraProfile } from './oura-profile.js';
import { fromSeries } from './series.js';

const fromOura: Converter = (profile) => ({
  ...ouraProfile(profile),
  value: requiredNumber(profile, 'weight'),
  details: null,
});

export const bodyWeight: DataType = {
  name: 'body_weight',
  ...coded('omh:body-weight:3.0', 'Body weight'),
  quantity: { property: 'body_weight', unit: 'kg' },
  beforeFrame: [],
  standing: 'core',
  fhir: { category: 'vital-signs', codings: [loinc('29463-7', 'Body weight')], ucum: 'kg' },
  feeds: [
    { source: 'ow_normalized', kind: 'sample', series: ['weight'] },
    { source: 'oura_raw', kind: 'sample', endpoint: 'personal_info' },
  ],
  converters: { ow_normalized: fromSeries({ weight: null }), oura_raw: fromOura },
};
