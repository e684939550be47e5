import { en, type Texts } from '../texts/en.js';
import type { IconName } from './icon.js';

/** A kind of data in plain words, for somebody who has never heard of a schema. */
export interface DataKind extends Look {
  readonly label: string;
  readonly description: string;
}

interface Look {
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
const looks = {
  'heart-rate': heart,
  'rr-interval': heart,
  'blood-pressure': heart,
  'blood-glucose': oxygen,
  'oxygen-saturation': oxygen,
  'respiratory-rate': breath,
  'step-count': steps,
  'physical-activity': steps,
  'calories-burned': steps,
  'sleep-episode': sleep,
  'sleep-duration': sleep,
  'total-sleep-time': sleep,
  'time-in-bed': sleep,
  'sleep-stage-summary': sleep,
  'body-weight': plain,
  'body-height': plain,
  'body-temperature': plain,
  QuestionnaireResponse: plain,
} as const satisfies Record<keyof Texts['kinds'], Look>;

function isKnown(kind: string): kind is keyof typeof looks {
  return Object.hasOwn(looks, kind);
}

/**
 * How the pages speak of a scope (`namespace:name:version`).
 * `name` is what the study calls it, and is used for scopes that have no words of ours.
 */
export function dataKind(scope: string, name: string, texts: Texts = en): DataKind {
  const kind = scope.split(':')[1] ?? scope;
  return isKnown(kind)
    ? { ...texts.kinds[kind], ...looks[kind] }
    : { label: name, description: texts.otherKind, ...plain };
}
