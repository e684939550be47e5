import type { DataType } from './data-type.js';
import { ambientSound } from './ambient-sound.js';
import { ambientTemperature } from './ambient-temperature.js';
import { bloodGlucose } from './blood-glucose.js';
import { bloodPressure } from './blood-pressure.js';
import { bodyFatPercentage } from './body-fat-percentage.js';
import { bodyHeight } from './body-height.js';
import { bodyMassIndex } from './body-mass-index.js';
import { bodyTemperature } from './body-temperature.js';
import { bodyWeight } from './body-weight.js';
import { caloriesBurned } from './calories-burned.js';
import { dayHeartRateAverage, dayHeartRateMaximum, dayHeartRateMinimum } from './day-heart-rate.js';
import { forcedExpiratoryVolume } from './forced-expiratory-volume.js';
import { forcedVitalCapacity } from './forced-vital-capacity.js';
import { heartRate } from './heart-rate.js';
import { oxygenSaturation } from './oxygen-saturation.js';
import { physicalActivity } from './physical-activity.js';
import { respiratoryRate } from './respiratory-rate.js';
import {
  sleepHeartRateAverage,
  sleepOxygenSaturationAverage,
  sleepRespiratoryRateAverage,
} from './sleep-averages.js';
import { sleepDuration } from './sleep-duration.js';
import { sleepEpisode } from './sleep-episode.js';
import { sleepHeartRate } from './sleep-heart-rate.js';
import { sleepOnsetLatency } from './sleep-onset-latency.js';
import { deepSleep, lightSleep } from './sleep-parts.js';
import { sleepStageEpisodes } from './sleep-stage-episodes.js';
import { sleepStageSummary } from './sleep-stage-summary.js';
import { speed } from './speed.js';
import { timeInBed } from './time-in-bed.js';
import { walkingHeartRateAverage } from './walking-heart-rate.js';
import { workoutElevationAndSpeed } from './workout-elevation-and-speed.js';
import { workoutHeartRateAverage, workoutHeartRateMaximum } from './workout-heart-rate.js';

const byName = {
  heart_rate: heartRate,
  oxygen_saturation: oxygenSaturation,
  blood_glucose: bloodGlucose,
  respiratory_rate: respiratoryRate,
  body_weight: bodyWeight,
  body_height: bodyHeight,
  sleep_duration: sleepDuration,
  sleep_episode: sleepEpisode,
  time_in_bed: timeInBed,
  sleep_stage_summary: sleepStageSummary,
  physical_activity: physicalActivity,
  blood_pressure: bloodPressure,
  body_temperature: bodyTemperature,
  forced_vital_capacity: forcedVitalCapacity,
  forced_expiratory_volume_1_second: forcedExpiratoryVolume,
  body_fat_percentage: bodyFatPercentage,
  body_mass_index: bodyMassIndex,
  speed,
  ambient_sound: ambientSound,
  ambient_temperature: ambientTemperature,
  calories_burned: caloriesBurned,
  deep_sleep: deepSleep,
  light_sleep: lightSleep,
  sleep_onset_latency: sleepOnsetLatency,
  walking_heart_rate_average: walkingHeartRateAverage,
  workout_heart_rate_average: workoutHeartRateAverage,
  workout_heart_rate_maximum: workoutHeartRateMaximum,
  day_heart_rate_average: dayHeartRateAverage,
  day_heart_rate_maximum: dayHeartRateMaximum,
  day_heart_rate_minimum: dayHeartRateMinimum,
  sleep_heart_rate: sleepHeartRate,
  sleep_heart_rate_average: sleepHeartRateAverage,
  sleep_respiratory_rate_average: sleepRespiratoryRateAverage,
  sleep_oxygen_saturation_average: sleepOxygenSaturationAverage,
  sleep_stage_episodes: sleepStageEpisodes,
  workout_elevation_and_speed: workoutElevationAndSpeed,
} satisfies Readonly<Record<string, DataType>>;

/** The name of a data type, as the conversion vectors have it. */
export type DataTypeName = keyof typeof byName;

/** Every data type, the only list; of types that share a code, the one that comes with the code is first. */
export const dataTypes: readonly DataType[] = Object.values(byName);

export function isDataTypeName(name: string): name is DataTypeName {
  return Object.hasOwn(byName, name);
}

export function dataTypeNamed(name: DataTypeName): DataType {
  return byName[name];
}

/** The data types that read a time series of Open Wearables; none for a series that has no schema. */
export function dataTypesOfSeries(series: string): readonly DataType[] {
  return dataTypes.filter((type) => seriesOf(type).includes(series));
}

/** The time series of Open Wearables that a data type reads. */
export function seriesOf(type: DataType): readonly string[] {
  return type.feeds.flatMap((feed) => ('series' in feed ? feed.series : []));
}

/** The endpoints of Open Wearables whose sessions or daily totals a data type reads. */
export function endpointsOf(type: DataType): readonly string[] {
  return type.feeds.flatMap((feed) =>
    feed.source === 'ow_normalized' && 'endpoint' in feed ? [feed.endpoint] : [],
  );
}

/** The data type that comes with a code (`omh:heart-rate:2.0`); others of that code must be asked for by name. */
export function dataTypeOfCode(code: string): DataType | undefined {
  return dataTypes.find((type) => type.schemaId === code);
}
