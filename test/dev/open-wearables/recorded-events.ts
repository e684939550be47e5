import { z } from 'zod';
import { decodeCursor } from '../../../dev/open-wearables/cursor.js';
import type { SleepRecord, WorkoutRecord } from '../../../dev/open-wearables/event-records.js';
import { HOUR, instantOfText, SECOND } from '../../../dev/open-wearables/instant.js';
import { countBefore, pagination, source, windowEnd } from './recorded-rows.js';
import { parameter } from './recordings.js';
import type { Recording } from './recordings.js';

const number = z.number().nullable();

const session = {
  ...{ id: z.string(), start_time: z.string(), end_time: z.string() },
  ...{ zone_offset: z.string().nullable(), source },
};

const sleepShape = z.object({
  ...session,
  ...{ sleep_duration_seconds: number, efficiency_percent: number, is_nap: z.boolean() },
  stages: z.object({
    ...{ awake_minutes: z.number(), light_minutes: z.number() },
    ...{ deep_minutes: z.number(), rem_minutes: z.number() },
  }),
  sleep_stage_intervals: z.array(
    z.object({ stage: z.string(), start_time: z.string(), end_time: z.string() }),
  ),
});

const workoutShape = z.object({
  ...session,
  ...{ type: z.string(), name: z.string().nullable(), calories_kcal: number, distance_meters: number },
  ...{ avg_heart_rate_bpm: number, max_heart_rate_bpm: number },
  ...{ avg_pace_sec_per_km: number, elevation_gain_meters: number },
});

function sessionOf(row: z.infer<typeof sleepShape> | z.infer<typeof workoutShape>) {
  const times = { at: instantOfText(row.start_time), end: instantOfText(row.end_time) };
  return { id: row.id, ...times, zoneOffset: row.zone_offset, source: row.source };
}

function sleepOf(row: z.infer<typeof sleepShape>): SleepRecord {
  const stages = row.sleep_stage_intervals.map(({ stage, start_time, end_time }) => ({
    ...{ stage, start: instantOfText(start_time), end: instantOfText(end_time) },
  }));
  return {
    ...sessionOf(row),
    ...{ sleepSeconds: row.sleep_duration_seconds, efficiency: row.efficiency_percent },
    ...{ minutes: row.stages, stages, isNap: row.is_nap },
  };
}

function workoutOf(row: z.infer<typeof workoutShape>): WorkoutRecord {
  return {
    ...sessionOf(row),
    ...{ type: row.type, name: row.name, calories: row.calories_kcal, distance: row.distance_meters },
    ...{ averageRate: row.avg_heart_rate_bpm, maximumRate: row.max_heart_rate_bpm },
    ...{ pace: row.avg_pace_sec_per_km, elevation: row.elevation_gain_meters },
  };
}

/** Short sessions, an hour apart, of the kind the page shows. */
function fillers<T extends SleepRecord | WorkoutRecord>(
  like: T,
  count: number,
  firstAt: number,
  mark: string,
): T[] {
  return Array.from({ length: count }, (_, index) => {
    const at = firstAt + index * HOUR;
    return { ...like, id: `${mark}-${index}`, at, end: at + SECOND };
  });
}

function behind<T extends SleepRecord | WorkoutRecord>(recording: Recording, rows: readonly T[]): T[] {
  const { pagination: told } = z.object({ pagination }).parse(recording.response.body);
  const last = rows.at(-1);
  if (!last) return [];
  const asked = parameter(recording, 'cursor');
  const cursor = asked === undefined ? undefined : decodeCursor(asked);
  const unseen = told.total_count - rows.length;
  const newer = countBefore(cursor, told.has_more, unseen);
  const newest = cursor?.position.at ?? 0;
  const start = windowEnd(recording, 'start_date');
  return [
    ...rows,
    ...fillers(last, newer, newest + HOUR, 'newer'),
    ...fillers(last, unseen - newer, start, 'older'),
  ];
}

function dataOf<T>(recording: Recording, shape: z.ZodType<T>): T[] {
  return z.object({ data: z.array(shape) }).parse(recording.response.body).data;
}

export function sleepsBehind(recording: Recording): SleepRecord[] {
  return behind(recording, dataOf(recording, sleepShape).map(sleepOf));
}

export function workoutsBehind(recording: Recording): WorkoutRecord[] {
  return behind(recording, dataOf(recording, workoutShape).map(workoutOf));
}
