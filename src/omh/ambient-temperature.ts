import type { DataType } from './data-type.js';
import { seriesType } from './series-type.js';

export const ambientTemperature: DataType = seriesType({
  name: 'ambient_temperature',
  schemaId: 'ieee:ambient-temperature:1.0',
  display: 'Ambient temperature',
  property: 'ambient_temperature',
  unit: 'C',
  series: ['air_temperature', 'weather_temperature'],
  standing: 'extension',
  fhir: { category: 'activity', codings: [], ucum: 'Cel' },
});
