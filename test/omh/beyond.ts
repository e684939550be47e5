import type { DataTypeName } from '../../src/omh/registry.js';

/** Which of our data types each example of a row beyond the library is about. */
export const BEYOND: Readonly<Record<string, DataTypeName>> = {
  walking_heart_rate_average: 'walking_heart_rate_average',
  'speed (walking_speed)': 'speed',
  'ambient sound': 'ambient_sound',
  'ambient temperature (air_temperature)': 'ambient_temperature',
  'workout avg_heart_rate_bpm': 'workout_heart_rate_average',
  'workout max_heart_rate_bpm': 'workout_heart_rate_maximum',
  'workout with elevation and speed': 'workout_elevation_and_speed',
  'deep sleep': 'deep_sleep',
  'light sleep': 'light_sleep',
  'sleep stages with intervals': 'sleep_stage_episodes',
  "day's heart rate avg_bpm": 'day_heart_rate_average',
  "day's heart rate max_bpm": 'day_heart_rate_maximum',
  "day's heart rate min_bpm": 'day_heart_rate_minimum',
  "day's total energy": 'calories_burned',
  'sleep summary avg_heart_rate_bpm': 'sleep_heart_rate_average',
  'sleep summary avg_respiratory_rate': 'sleep_respiratory_rate_average',
  'sleep summary avg_spo2_percent': 'sleep_oxygen_saturation_average',
  'sleep average_heart_rate': 'sleep_heart_rate_average',
  'sleep latency': 'sleep_onset_latency',
  'hypnogram as stage episodes': 'sleep_stage_episodes',
};
