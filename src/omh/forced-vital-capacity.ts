import type { DataType } from './data-type.js';
import { snomed } from './fhir-code.js';
import { seriesType } from './series-type.js';

export const forcedVitalCapacity: DataType = seriesType({
  name: 'forced_vital_capacity',
  schemaId: 'omh:forced-vital-capacity:1.0',
  display: 'Forced vital capacity',
  property: 'forced_vital_capacity',
  unit: 'L',
  series: ['forced_vital_capacity'],
  standing: 'extension',
  fhir: {
    category: 'vital-signs',
    codings: [snomed('50834005', 'Forced vital capacity (observable entity)')],
    ucum: 'L',
  },
});
