import { coded } from './code.js';
import type { Converter, DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { requiredNumber } from './fields.js';
import { ouraProfile } from './oura-profile.js';
import { fromSeries } from './series.js';

/**
 * Oura gives metres and they stay metres, so the quantity stands in the details with its own unit: a number in the
 * value column is always in the data type's unit.
 */
const fromOura: Converter = (profile) => ({
  ...ouraProfile(profile),
  value: null,
  details: { body_height: { value: requiredNumber(profile, 'height'), unit: 'm' } },
});

export const bodyHeight: DataType = {
  name: 'body_height',
  ...coded('omh:body-height:2.0', 'Body height'),
  quantity: { property: 'body_height', unit: 'cm' },
  beforeFrame: ['body_height'],
  standing: 'core',
  fhir: { category: 'vital-signs', codings: [loinc('8302-2', 'Body height')], ucum: 'cm' },
  feeds: [
    { source: 'ow_normalized', kind: 'sample', series: ['height'] },
    { source: 'oura_raw', kind: 'sample', endpoint: 'personal_info' },
  ],
  converters: { ow_normalized: fromSeries({ height: null }), oura_raw: fromOura },
};
