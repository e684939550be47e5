import type { IconName } from './icon.js';

/** A kind of data in plain words, for somebody who has never heard of a schema. */
export interface DataKind {
  readonly label: string;
  readonly description: string;
  readonly icon: IconName;
  /** The hue of its tile and charts; `plain` has none of its own. */
  readonly hue: 'heart' | 'sleep' | 'steps' | 'oxygen' | 'breath' | 'plain';
}

const heart = { icon: 'heart-pulse', hue: 'heart' } as const;
const sleep = { icon: 'moon-stars', hue: 'sleep' } as const;
const steps = { icon: 'person-walking', hue: 'steps' } as const;
const oxygen = { icon: 'droplet-half', hue: 'oxygen' } as const;
const breath = { icon: 'lungs', hue: 'breath' } as const;
const plain = { icon: 'activity', hue: 'plain' } as const;

/** By schema name, whatever its namespace and version: `omh:heart-rate:2.0` is `heart-rate`. */
const kinds = new Map<string, DataKind>([
  ['heart-rate', { label: 'Heart rate', description: 'Beats per minute, day and night.', ...heart }],
  [
    'rr-interval',
    { label: 'Heart rhythm', description: 'The time from one heartbeat to the next.', ...heart },
  ],
  [
    'blood-pressure',
    { label: 'Blood pressure', description: 'Upper and lower value of each reading.', ...heart },
  ],
  [
    'blood-glucose',
    { label: 'Blood sugar', description: 'Each reading of your sensor or meter.', ...oxygen },
  ],
  [
    'oxygen-saturation',
    { label: 'Blood oxygen', description: 'How much oxygen is in your blood.', ...oxygen },
  ],
  ['respiratory-rate', { label: 'Breathing rate', description: 'Breaths per minute.', ...breath }],
  ['step-count', { label: 'Steps', description: 'How many steps you take. No places, no map.', ...steps }],
  [
    'physical-activity',
    { label: 'Workouts', description: 'Kind, start and end of each. No places, no map.', ...steps },
  ],
  ['calories-burned', { label: 'Energy used', description: 'Calories your body burns.', ...steps }],
  ['sleep-episode', { label: 'Sleep', description: 'When you fell asleep and woke up.', ...sleep }],
  ['sleep-duration', { label: 'Time asleep', description: 'How long you slept.', ...sleep }],
  ['total-sleep-time', { label: 'Time asleep', description: 'How long you slept.', ...sleep }],
  ['time-in-bed', { label: 'Time in bed', description: 'From lying down to getting up.', ...sleep }],
  [
    'sleep-stage-summary',
    { label: 'Sleep stages', description: 'Deep, light and dream sleep of a night.', ...sleep },
  ],
  ['body-weight', { label: 'Weight', description: 'Each time you step on the scale.', ...plain }],
  ['body-height', { label: 'Height', description: 'As it stands in your device’s app.', ...plain }],
  [
    'body-temperature',
    { label: 'Body temperature', description: 'What your device measures on the skin.', ...plain },
  ],
  ['QuestionnaireResponse', { label: 'Questionnaires', description: 'Your answers to them.', ...plain }],
]);

/**
 * How the pages speak of a scope (`namespace:name:version`).
 * `name` is what the study calls it, and is used for scopes that have no words of ours.
 */
export function dataKind(scope: string, name: string): DataKind {
  return (
    kinds.get(scope.split(':')[1] ?? scope) ?? {
      label: name,
      description: 'As your device measures it.',
      ...plain,
    }
  );
}
