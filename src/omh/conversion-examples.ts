import type { SampleSource } from './measurement.js';

interface ConversionExample {
  readonly title: string;
  readonly dataType: string;
  readonly source: SampleSource;
  readonly timeZone: string | null;
  readonly sample: object;
}

/** Made-up samples whose conversion the documentation shows: an instant, a night, and a day of 23 hours. */
export const conversionExamples: readonly ConversionExample[] = [
  {
    title: 'A heart rate of Open Wearables',
    dataType: 'heart_rate',
    source: 'ow_normalized',
    timeZone: null,
    sample: {
      timestamp: '2026-08-07T08:05:00Z',
      type: 'heart_rate',
      value: 61,
      unit: 'bpm',
      source: { provider: 'oura', source: 'oura', device: 'Oura Ring Gen3' },
    },
  },
  {
    title: 'The lowest heart rate of an Oura night',
    dataType: 'heart_rate',
    source: 'oura_raw',
    timeZone: null,
    sample: {
      id: 'abc-123',
      type: 'long_sleep',
      bedtime_start: '2026-04-09T22:30:00-07:00',
      bedtime_end: '2026-04-10T06:45:00-07:00',
      lowest_heart_rate: 48,
    },
  },
  {
    title: "A day's activity, in the patient's zone America/Los_Angeles",
    dataType: 'physical_activity',
    source: 'ow_normalized',
    timeZone: 'America/Los_Angeles',
    sample: { date: '2026-03-08', source: { provider: 'oura' }, steps: 8432, distance_meters: 6240.5 },
  },
];
