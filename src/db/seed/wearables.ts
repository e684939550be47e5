import type { Coding } from '../../omh/data-type.js';
import { dataTypeOfCode, dataTypes, endpointsOf, seriesOf } from '../../omh/registry.js';

/** What an Oura ring measures, as Open Wearables tells it. */
const OF_A_RING = [
  'omh:heart-rate:2.0',
  'omh:oxygen-saturation:2.0',
  'omh:respiratory-rate:2.0',
  'omh:body-weight:3.0',
  'omh:body-height:2.0',
  'omh:calories-burned:2.0',
  'ieee:total-sleep-time:1.0',
  'ieee:sleep-episode:1.0',
  'ieee:sleep-stage-summary:1.0',
  'ieee:time-in-bed:1.0',
  'ieee:deep-sleep:1.0',
  'ieee:light-sleep:1.0',
  'ieee:physical-activity:1.0',
];

/** Every code that Open Wearables has data for, whatever the vendor. */
const OF_ANY_WEARABLE = dataTypes
  .filter(
    (type) => dataTypeOfCode(type.schemaId) === type && [...seriesOf(type), ...endpointsOf(type)].length > 0,
  )
  .map(({ schemaId }) => schemaId);

/** The wearables that come through Open Wearables, with the codes each can measure. */
export const wearables = [
  { name: 'Oura', provider: 'oura', codes: OF_A_RING },
  { name: 'Garmin', provider: 'garmin', codes: OF_ANY_WEARABLE },
  { name: 'Fitbit', provider: 'fitbit', codes: OF_ANY_WEARABLE },
  { name: 'Polar', provider: 'polar', codes: OF_ANY_WEARABLE },
  { name: 'WHOOP', provider: 'whoop', codes: OF_ANY_WEARABLE },
  { name: 'Ultrahuman', provider: 'ultrahuman', codes: OF_ANY_WEARABLE },
];

/** The codings of every data type, each once. */
export const codings: readonly Coding[] = [
  ...new Map(dataTypes.map(({ coding }) => [coding.code, coding])).values(),
];
