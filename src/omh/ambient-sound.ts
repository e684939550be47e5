import type { DataType } from './data-type.js';
import { seriesType } from './series-type.js';

/** Plain decibels: the upstream does not say that they are A-weighted. */
export const ambientSound: DataType = seriesType({
  name: 'ambient_sound',
  schemaId: 'ieee:ambient-sound:1.0',
  display: 'Ambient sound',
  property: 'ambient_sound',
  unit: 'dB',
  series: ['environmental_audio_exposure'],
  standing: 'extension',
  fhir: { category: 'activity', codings: [], ucum: null },
});
