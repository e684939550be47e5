/** What the model's world is made of: which wearable measures what, and which study asks for what. */

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

export type Provider = 'oura' | 'garmin' | 'fitbit';
export const PROVIDERS: readonly Provider[] = ['oura', 'garmin', 'fitbit'];
export const DEVICES = { oura: null, garmin: 'Forerunner 955', fitbit: null };

export const HEART_RATE = 'omh:heart-rate:2.0';
export const OXYGEN = 'omh:oxygen-saturation:2.0';
export const WEIGHT = 'omh:body-weight:3.0';
export const PRESSURE = 'omh:blood-pressure:4.0';
export const SLEEP = 'ieee:sleep-episode:1.0';
export const STAGES = 'ieee:sleep-stage-summary:1.0';
export const ACTIVITY = 'ieee:physical-activity:1.0';

/** The samples that are one reading each, with the code that covers them. */
export const CODE_OF_SERIES = {
  heart_rate: HEART_RATE,
  resting_heart_rate: HEART_RATE,
  oxygen_saturation: OXYGEN,
  weight: WEIGHT,
};
export const HALVES = ['blood_pressure_systolic', 'blood_pressure_diastolic'] as const;

export type Series = keyof typeof CODE_OF_SERIES | (typeof HALVES)[number];
export const SERIES: readonly Series[] = [
  ...(['heart_rate', 'resting_heart_rate', 'oxygen_saturation', 'weight'] as const),
  ...HALVES,
];

/** A ring has no cuff. */
export function measures(provider: Provider, code: string): boolean {
  return provider !== 'oura' || code !== PRESSURE;
}

/** One of two studies: they differ in how far back they reach, in their scopes and in their wearables. */
export interface ModelStudy {
  readonly id: number;
  readonly historyDays: number;
  readonly codes: readonly string[];
  readonly providers: readonly Provider[];
}

export type StudyPlan = Omit<ModelStudy, 'id'>;

export function studyPlans(historyDays: number): readonly [StudyPlan, StudyPlan] {
  const first = [HEART_RATE, PRESSURE, WEIGHT, SLEEP, ACTIVITY];
  const second = [HEART_RATE, OXYGEN, STAGES, ACTIVITY];
  return [
    { historyDays, codes: first, providers: ['oura', 'garmin'] },
    { historyDays: Math.floor(historyDays / 3), codes: second, providers: ['garmin', 'fitbit'] },
  ];
}
