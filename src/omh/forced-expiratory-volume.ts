import type { DataType } from './data-type.js';
import { snomed } from './fhir-code.js';
import { seriesType } from './series-type.js';

export const forcedExpiratoryVolume: DataType = seriesType({
  name: 'forced_expiratory_volume_1_second',
  schemaId: 'omh:forced-expiratory-volume-1-second:1.0',
  display: 'Forced expiratory volume 1 second',
  property: 'forced_expiratory_volume_1_second',
  unit: 'L',
  series: ['forced_expiratory_volume_1'],
  standing: 'extension',
  fhir: {
    category: 'vital-signs',
    codings: [snomed('59328004', 'Expired volume in 1 second (observable entity)')],
    ucum: 'L',
  },
});
