import { z } from 'zod';
import type { SleepRecord } from '../../../dev/open-wearables/event-records.js';
import { instantOfText, MINUTE } from '../../../dev/open-wearables/instant.js';
import { sourceOf } from '../../../dev/open-wearables/providers.js';
import type { Sample, Source } from '../../../dev/open-wearables/sample.js';
import { dataOf } from '../../../dev/open-wearables/world.js';
import type { World } from '../../../dev/open-wearables/world.js';
import { source } from './recorded-rows.js';
import type { Recording } from './recordings.js';

/** Puts rows in place from which the recorded summaries follow. */

function row(type: string, at: number, value: number, from: Source): Sample {
  const id = `00000000-0000-4000-8000-${String(at).slice(-12).padStart(12, '0')}`;
  return { id, at, type, value, unit: '', zoneOffset: null, isDailyTotal: null, source: from };
}

export function placeActivity(world: World, userId: string, recording: Recording): void {
  const shape = z.object({ data: z.array(z.object({ date: z.string(), steps: z.number(), source })) });
  const { data } = shape.parse(recording.response.body);
  const rows = data.map((day) => row('steps', instantOfText(day.date), day.steps, day.source));
  dataOf(world, userId).samples.upsert(rows.map((total) => ({ ...total, isDailyTotal: true })));
}

const NO_STAGES = { awake_minutes: 0, light_minutes: 0, deep_minutes: 0, rem_minutes: 0 };

const sessionShape = z.object({
  ...{ start_time: z.string(), end_time: z.string(), zone_offset: z.string().nullable() },
  ...{ duration_minutes: z.number(), is_nap: z.boolean() },
});

const nightShape = z.object({
  ...{ source, efficiency_percent: z.number().nullable(), sessions: z.array(sessionShape) },
  stages: z
    .object({
      ...{ awake_minutes: z.number(), light_minutes: z.number() },
      ...{ deep_minutes: z.number(), rem_minutes: z.number() },
    })
    .nullable(),
  ...{ avg_heart_rate_bpm: z.number(), avg_hrv_sdnn_ms: z.number().nullable(), avg_hrv_rmssd_ms: z.number() },
  ...{ avg_respiratory_rate: z.number(), avg_spo2_percent: z.number().nullable() },
});

type Night = z.infer<typeof nightShape>;

function sleepOf(night: Night, session: z.infer<typeof sessionShape>): SleepRecord {
  const [at, end] = [instantOfText(session.start_time), instantOfText(session.end_time)];
  return {
    ...{ id: session.start_time, at, end, zoneOffset: session.zone_offset, source: night.source },
    ...{ sleepSeconds: session.duration_minutes * 60, efficiency: night.efficiency_percent },
    ...{ minutes: night.stages ?? NO_STAGES, stages: [], isNap: session.is_nap },
  };
}

function averagesOf(night: Night, at: number): Sample[] {
  const values = {
    heart_rate: night.avg_heart_rate_bpm,
    heart_rate_variability_sdnn: night.avg_hrv_sdnn_ms,
    heart_rate_variability_rmssd: night.avg_hrv_rmssd_ms,
    respiratory_rate: night.avg_respiratory_rate,
    oxygen_saturation: night.avg_spo2_percent,
  };
  return Object.entries(values).flatMap(([type, value]) =>
    value === null ? [] : [row(type, at, value, night.source)],
  );
}

export function placeNights(world: World, userId: string, recording: Recording): void {
  const data = dataOf(world, userId);
  for (const night of z.object({ data: z.array(nightShape) }).parse(recording.response.body).data) {
    for (const session of night.sessions) data.sleeps.set(session.start_time, sleepOf(night, session));
    const [main] = night.sessions;
    if (main) data.samples.upsert(averagesOf(night, instantOfText(main.start_time)));
  }
}

const bodyShape = z.object({
  source,
  slow_changing: z.object({
    ...{ weight_kg: z.number(), height_cm: z.number(), body_fat_percent: z.number(), bmi: z.number() },
  }),
  averaged: z.object({
    ...{ resting_heart_rate_bpm: z.number(), avg_hrv_sdnn_ms: z.number(), avg_hrv_rmssd_ms: z.number() },
    period_end: z.string(),
  }),
  latest: z.object({
    blood_pressure: z.object({ avg_systolic_mmhg: z.number(), avg_diastolic_mmhg: z.number() }),
    blood_pressure_measured_at: z.string(),
  }),
});

/** Answers the instant at which the summary was asked for. */
export function placeBody(world: World, userId: string, recording: Recording): number {
  const { source: scale, slow_changing: slow, averaged, latest } = bodyShape.parse(recording.response.body);
  const now = instantOfText(averaged.period_end);
  const values: readonly (readonly [string, number])[] = [
    ['weight', slow.weight_kg],
    ['height', slow.height_cm],
    ['body_fat_percentage', slow.body_fat_percent],
    ['body_mass_index', slow.bmi],
    ['resting_heart_rate', averaged.resting_heart_rate_bpm],
    ['heart_rate_variability_sdnn', averaged.avg_hrv_sdnn_ms],
    ['heart_rate_variability_rmssd', averaged.avg_hrv_rmssd_ms],
  ];
  const { blood_pressure: pressure, blood_pressure_measured_at } = latest;
  const measuredAt = instantOfText(blood_pressure_measured_at);
  dataOf(world, userId).samples.upsert([
    ...values.map(([type, value]) => row(type, now - MINUTE, value, scale)),
    row('blood_pressure_systolic', measuredAt, pressure.avg_systolic_mmhg, scale),
    row('blood_pressure_diastolic', measuredAt, pressure.avg_diastolic_mmhg, scale),
  ]);
  return now;
}

const countsShape = z.object({
  by_provider: z.array(
    z.object({
      ...{ provider: z.string(), series_counts: z.record(z.string(), z.number()) },
      ...{ workout_count: z.number(), sleep_count: z.number() },
    }),
  ),
});

function times(count: number): number[] {
  const start = instantOfText('2026-11-18T01:00:00Z');
  return Array.from({ length: count }, (_, index) => start + index * MINUTE);
}

export function placeCounted(world: World, userId: string, recording: Recording): void {
  const data = dataOf(world, userId);
  for (const counted of countsShape.parse(recording.response.body).by_provider) {
    const from = sourceOf(counted.provider);
    for (const [type, count] of Object.entries(counted.series_counts)) {
      data.samples.upsert(times(count).map((at) => row(type, at, 1, from)));
    }
    const event = { end: 0, zoneOffset: null, source: from };
    for (const at of times(counted.sleep_count)) {
      const id = `${counted.provider} ${at}`;
      const rest = { sleepSeconds: 0, efficiency: null, minutes: NO_STAGES, stages: [], isNap: false };
      data.sleeps.set(id, { id, at, ...event, ...rest });
    }
    for (const at of times(counted.workout_count)) {
      const id = `${counted.provider} ${at}`;
      const rates = { averageRate: null, maximumRate: null, pace: null, elevation: null };
      const rest = { type: 'running', name: null, calories: null, distance: null, ...rates };
      data.workouts.set(id, { id, at, ...event, ...rest });
    }
  }
}
