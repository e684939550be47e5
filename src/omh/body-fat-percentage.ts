import type { DataType } from './data-type.js';
import { loinc } from './fhir-code.js';
import { seriesType } from './series-type.js';

export const bodyFatPercentage: DataType = seriesType({
  name: 'body_fat_percentage',
  schemaId: 'omh:body-fat-percentage:2.0',
  display: 'Body fat percentage',
  property: 'body_fat_percentage',
  unit: '%',
  series: ['body_fat_percentage'],
  standing: 'extension',
  fhir: {
    category: 'vital-signs',
    codings: [loinc('41982-0', 'Percentage of body fat Measured')],
    ucum: '%',
  },
});
