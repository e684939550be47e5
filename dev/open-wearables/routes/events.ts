import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { decodeCursor } from '../cursor.js';
import type { SleepRecord, WorkoutRecord } from '../event-records.js';
import { echo, isoZ, SECOND } from '../instant.js';
import type { SentTime } from '../instant.js';
import { lookAt } from '../live.js';
import { pageOf } from '../page.js';
import type { PageRequest } from '../page.js';
import { flag, integer, required, timeParameter, userIdOf, uuid } from '../parameters.js';
import { rankOf } from '../providers.js';
import { Refusal } from '../refusal.js';
import { byPosition } from '../series.js';
import { dataOf } from '../world.js';
import type { World } from '../world.js';

interface EventQuery {
  readonly userId: string;
  readonly start: SentTime;
  readonly end: SentTime;
  readonly page: PageRequest;
}

function queryOf(context: Context): EventQuery {
  const userId = userIdOf(context);
  const [start, end] = [required(context, 'start_date'), required(context, 'end_date')];
  const limit = integer(context, 'limit', 50, 1, 100);
  const times = { start: timeParameter(start), end: timeParameter(end) };
  const cursor = context.req.query('cursor');
  return { userId, ...times, page: { limit, cursor: cursor ? decodeCursor(cursor) : undefined } };
}

/** Sessions that lie wholly in the window, newest first; one that crosses an edge is left out. */
function within<T extends SleepRecord | WorkoutRecord>(
  records: Iterable<T>,
  { start, end }: EventQuery,
): T[] {
  const inside = [...records].filter(({ at, end: over }) => at >= start.instant && over < end.instant);
  return inside.sort((a, b) => byPosition(b, a));
}

function readPage<T extends SleepRecord | WorkoutRecord>(all: readonly T[], { cursor, limit }: PageRequest) {
  if (!cursor) return pageOf({ cursor, limit }, all.slice(0, limit + 1), all.length);
  const { position, backward } = cursor;
  const newer = all.filter((record) => byPosition(record, position) > 0);
  const older = all.filter((record) => byPosition(record, position) < 0);
  const read = backward ? newer.slice(-limit - 1) : older.slice(0, limit + 1);
  return pageOf({ cursor, limit }, read, all.length);
}

function sessionOf(record: SleepRecord | WorkoutRecord) {
  const { id, at, end, zoneOffset, source } = record;
  const duration_seconds = Math.round((end - at) / SECOND);
  return {
    ...{ id, start_time: isoZ(at), end_time: isoZ(end) },
    ...{ zone_offset: zoneOffset, source, duration_seconds },
  };
}

/** A workout as the API shows it: kcal, metres, beats a minute, seconds a kilometre. */
function shownWorkout(record: WorkoutRecord) {
  return {
    ...sessionOf(record),
    ...{ type: record.type, name: record.name },
    ...{ calories_kcal: record.calories, distance_meters: record.distance },
    ...{ avg_heart_rate_bpm: record.averageRate, max_heart_rate_bpm: record.maximumRate },
    ...{ avg_pace_sec_per_km: record.pace, elevation_gain_meters: record.elevation },
  };
}

function shownSleep(record: SleepRecord) {
  const stages = record.stages.map(({ stage, start, end }) => ({
    ...{ stage, start_time: isoZ(start), end_time: isoZ(end) },
  }));
  return {
    ...sessionOf(record),
    ...{ sleep_duration_seconds: record.sleepSeconds, efficiency_percent: record.efficiency },
    ...{ stages: record.minutes, sleep_stage_intervals: stages, is_nap: record.isNap },
  };
}

/** Of sessions that overlap only those of the best ranked provider. */
function byPriority(records: readonly SleepRecord[]): SleepRecord[] {
  return records.filter((record) => {
    const rivals = records.filter((other) => other.at < record.end && record.at < other.end);
    return rivals.every((other) => rankOf(other.source.provider) >= rankOf(record.source.provider));
  });
}

function answer<T extends SleepRecord | WorkoutRecord>(
  query: EventQuery,
  records: readonly T[],
  show: (record: T) => unknown,
) {
  const { rows, pagination } = readPage(records, query.page);
  const times = { start_time: echo(query.start), end_time: echo(query.end) };
  return {
    data: rows.map(show),
    pagination,
    metadata: { resolution: null, sample_count: rows.length, ...times },
  };
}

function deleteRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  const remove = (context: Context, kind: 'sleeps' | 'workouts', absent: string) => {
    const data = dataOf(world, userIdOf(context));
    if (!data[kind].delete(uuid(context.req.param('event_id') ?? ''))) throw new Refusal(404, absent);
    return context.body(null, 204);
  };
  api.delete('/users/:user_id/events/sleep/:event_id', key, (context) =>
    remove(context, 'sleeps', 'Sleep session not found'),
  );
  api.delete('/users/:user_id/events/workouts/:event_id', key, (context) =>
    remove(context, 'workouts', 'Workout not found'),
  );
}

/** `/users/{user_id}/events/...`: the parameters are `start_date` and `end_date`, and midnight is midnight. */
export function eventRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  api.get('/users/:user_id/events/sleep', key, (context) => {
    const query = queryOf(context);
    const ranked = flag(context, 'filter_by_priority', false);
    lookAt(world, query.userId);
    const records = within(dataOf(world, query.userId).sleeps.values(), query);
    return context.json(answer(query, ranked ? byPriority(records) : records, shownSleep));
  });
  api.get('/users/:user_id/events/workouts', key, (context) => {
    const query = queryOf(context);
    const type = context.req.query('record_type');
    lookAt(world, query.userId);
    const records = within(dataOf(world, query.userId).workouts.values(), query);
    const wanted = records.filter((record) => type === undefined || record.type === type);
    return context.json(answer(query, wanted, shownWorkout));
  });
  api.get('/users/:user_id/events/menstrual-cycles', key, (context) => {
    const { data, pagination, metadata } = answer(queryOf(context), [], shownSleep);
    return context.json({ data, pagination, metadata: { ...metadata, end_time: null } });
  });
  deleteRoutes(api, world);
}
