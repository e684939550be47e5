import type { DataType } from './data-type.js';
import { seriesType } from './series-type.js';

export const speed: DataType = seriesType({
  name: 'speed',
  schemaId: 'omh:speed:1.0',
  display: 'Speed',
  property: 'speed',
  unit: 'm/s',
  series: ['speed', 'walking_speed', 'running_speed', 'stair_ascent_speed', 'stair_descent_speed'],
  standing: 'extension',
  fhir: { category: 'activity', codings: [], ucum: 'm/s' },
});
