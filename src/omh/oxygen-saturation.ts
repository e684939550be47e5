import { coded } from './code.js';
import { ouraDay } from './daily-record.js';
import type { Converter, DataType, Fields } from './data-type.js';
import { loinc } from './fhir-code.js';
import { isFields, requiredNumber } from './fields.js';
import { fromSeries } from './series.js';

export const OXYGEN_SATURATION = { property: 'oxygen_saturation', unit: '%' };

export const OXYGEN_SATURATION_CODE: DataType['fhir'] = {
  category: 'vital-signs',
  codings: [
    loinc('2708-6', 'Oxygen saturation in Arterial blood'),
    loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
  ],
  ucum: '%',
};

/** An item of `/v2/usercollection/daily_spo2`: `{day, spo2_percentage: {average}}`, 0 to 100. */
const fromOura: Converter = (item, context) => ({
  value: requiredNumber(spo2Of(item), 'average', 'spo2_percentage.average'),
  ...ouraDay(item, 'daily_spo2', context),
  details: null,
});

function spo2Of(item: Fields): Fields {
  return isFields(item['spo2_percentage']) ? item['spo2_percentage'] : {};
}

export const oxygenSaturation: DataType = {
  name: 'oxygen_saturation',
  ...coded('omh:oxygen-saturation:2.0', 'Oxygen saturation'),
  quantity: OXYGEN_SATURATION,
  beforeFrame: [],
  standing: 'core',
  fhir: OXYGEN_SATURATION_CODE,
  feeds: [
    { source: 'ow_normalized', kind: 'sample', series: ['oxygen_saturation'] },
    { source: 'oura_raw', kind: 'daily', endpoint: 'daily_spo2' },
  ],
  converters: { ow_normalized: fromSeries({ oxygen_saturation: null }), oura_raw: fromOura },
};
