import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { seriesType } from './series-type.js';

/** Specimen and meal are never derived: the upstream does not tell them. */
export const bloodGlucose: DataType = seriesType({
  name: 'blood_glucose',
  schemaId: 'omh:blood-glucose:4.0',
  display: 'Blood glucose',
  property: 'blood_glucose',
  unit: 'mg/dL',
  series: ['blood_glucose'],
  standing: 'core',
  fhir: {
    category: 'laboratory',
    codings: [loinc('2339-0', 'Glucose [Mass/volume] in Blood')],
    ucum: 'mg/dL',
  },
});
