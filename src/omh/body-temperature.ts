import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { seriesType } from './series-type.js';

/** Skin temperatures and deviations are no body temperatures; the site is unknown. */
export const bodyTemperature: DataType = seriesType({
  name: 'body_temperature',
  schemaId: 'omh:body-temperature:4.0',
  display: 'Body temperature',
  property: 'body_temperature',
  unit: 'C',
  series: ['body_temperature'],
  standing: 'extension',
  fhir: { category: 'vital-signs', codings: [loinc('8310-5', 'Body temperature')], ucum: 'Cel' },
});
