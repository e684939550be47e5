import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { seriesType } from './series-type.js';

export const bodyMassIndex: DataType = seriesType({
  name: 'body_mass_index',
  schemaId: 'omh:body-mass-index:3.0',
  display: 'Body mass index',
  property: 'body_mass_index',
  unit: 'kg/m^2',
  series: ['body_mass_index'],
  standing: 'extension',
  fhir: {
    category: 'vital-signs',
    codings: [loinc('39156-5', 'Body mass index (BMI) [Ratio]')],
    ucum: 'kg/m2',
  },
});
