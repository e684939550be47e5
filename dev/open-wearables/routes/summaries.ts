import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { DAY, echo } from '../instant.js';
import type { SentTime } from '../instant.js';
import { lookAt } from '../live.js';
import { integer, required, timeParameter, userIdOf } from '../parameters.js';
import type { Window } from '../series.js';
import { activitySummaries, bodySummary, dataSummary, sleepSummaries } from '../summaries.js';
import { dataOf } from '../world.js';
import type { UserData, World } from '../world.js';

/** The last day counts as a whole. */
function windowOf(start: SentTime, end: SentTime): Window {
  return { from: start.instant, to: end.instant + DAY };
}

function envelope(context: Context, summarise: (window: Window) => readonly unknown[], longest: number) {
  const limit = integer(context, 'limit', 50, 1, longest);
  const start = timeParameter(required(context, 'start_date'));
  const end = timeParameter(required(context, 'end_date'));
  const all = summarise(windowOf(start, end));
  const data = all.slice(0, limit);
  const times = { start_time: echo(start), end_time: echo(end) };
  // Cursors over dates are not modelled: nobody here reads summaries in pages.
  const pagination = { next_cursor: null, previous_cursor: null, has_more: false, total_count: null };
  return { data, pagination, metadata: { resolution: null, sample_count: data.length, ...times } };
}

function instantAsked(context: Context, name: string, fallback: number): number {
  const text = context.req.query(name);
  return text === undefined ? fallback : timeParameter(text).instant;
}

/** `/users/{user_id}/summaries/...`: derived, one source a day; a client that ingests reads them never. */
export function summaryRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  const dataFor = (context: Context): UserData => {
    const userId = userIdOf(context);
    lookAt(world, userId);
    return dataOf(world, userId);
  };
  api.get('/users/:user_id/summaries/activity', key, (context) => {
    const data = dataFor(context);
    return context.json(envelope(context, (window) => activitySummaries(data, window), 400));
  });
  api.get('/users/:user_id/summaries/sleep', key, (context) => {
    const data = dataFor(context);
    return context.json(envelope(context, (window) => sleepSummaries(data, window), 100));
  });
  api.get('/users/:user_id/summaries/recovery', key, (context) => {
    dataFor(context);
    return context.json(envelope(context, () => [], 100));
  });
  api.get('/users/:user_id/summaries/body', key, (context) => {
    const data = dataFor(context);
    const days = integer(context, 'average_period', 7, 1, 7);
    const hours = integer(context, 'latest_window_hours', 4, 1, 24);
    return context.json(bodySummary(data, world.now(), days, hours));
  });
  api.get('/users/:user_id/summaries/data', key, (context) => {
    const data = dataFor(context);
    const from = instantAsked(context, 'start_date', -Infinity);
    const to = instantAsked(context, 'end_date', Infinity);
    return context.json(dataSummary(userIdOf(context), data, { from, to }));
  });
}
