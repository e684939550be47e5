/** Kinds of data in plain words, by schema name, for somebody who has never heard of a schema. */
export const kinds = {
  'heart-rate': { label: 'Heart rate', description: 'Beats per minute, day and night.' },
  'rr-interval': { label: 'Heart rhythm', description: 'The time from one heartbeat to the next.' },
  'blood-pressure': { label: 'Blood pressure', description: 'Upper and lower value of each reading.' },
  'blood-glucose': { label: 'Blood sugar', description: 'Each reading of your sensor or meter.' },
  'oxygen-saturation': { label: 'Blood oxygen', description: 'How much oxygen is in your blood.' },
  'respiratory-rate': { label: 'Breathing rate', description: 'Breaths per minute.' },
  'step-count': { label: 'Steps', description: 'How many steps you take. No places, no map.' },
  'physical-activity': { label: 'Workouts', description: 'Kind, start and end of each. No places, no map.' },
  'calories-burned': { label: 'Energy used', description: 'Calories your body burns.' },
  'sleep-episode': { label: 'Sleep', description: 'When you fell asleep and woke up.' },
  'sleep-duration': { label: 'Time asleep', description: 'How long you slept.' },
  'total-sleep-time': { label: 'Time asleep', description: 'How long you slept.' },
  'time-in-bed': { label: 'Time in bed', description: 'From lying down to getting up.' },
  'sleep-stage-summary': { label: 'Sleep stages', description: 'Deep, light and dream sleep of a night.' },
  'body-weight': { label: 'Weight', description: 'Each time you step on the scale.' },
  'body-height': { label: 'Height', description: 'As it stands in your device’s app.' },
  'body-temperature': { label: 'Body temperature', description: 'What your device measures on the skin.' },
  QuestionnaireResponse: { label: 'Questionnaires', description: 'Your answers to them.' },
};

/** What is said of a kind that has no words of ours. */
export const otherKind = 'As your device measures it.';

/** What a device looks like, in a word or two. */
export const shapes = {
  ring: 'Ring',
  watch: 'Watch',
  watchOrBand: 'Watch or band',
  watchOrStrap: 'Watch or chest strap',
  band: 'Band',
  workoutApp: 'App for workouts',
  app: 'App',
  wearable: 'Wearable',
};
