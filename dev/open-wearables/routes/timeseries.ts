import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { decodeCursor } from '../cursor.js';
import { DAY, echo, isMidnight } from '../instant.js';
import type { SentTime } from '../instant.js';
import { lookAt } from '../live.js';
import { pageOf } from '../page.js';
import type { PageRequest } from '../page.js';
import { integer, oneOf, required, timeParameter, userIdOf } from '../parameters.js';
import { shown } from '../sample.js';
import type { SampleStore } from '../sample-store.js';
import type { Window } from '../series.js';
import { SERIES_TYPES } from '../series-types.js';
import { dataOf } from '../world.js';
import type { World } from '../world.js';

const RESOLUTIONS = ['raw', '1min', '5min', '15min', '1hour'];

interface TimeseriesQuery {
  readonly userId: string;
  readonly start: SentTime;
  readonly end: SentTime;
  readonly types: readonly string[];
  readonly page: PageRequest;
}

function queryOf(context: Context): TimeseriesQuery {
  const userId = userIdOf(context);
  const [start, end] = [required(context, 'start_time'), required(context, 'end_time')];
  const types = (context.req.queries('types') ?? []).map((type) => oneOf(type, SERIES_TYPES));
  // Accepted and then ignored: the rows are always raw.
  oneOf(context.req.query('resolution') ?? 'raw', RESOLUTIONS);
  const limit = integer(context, 'limit', 50, 1, 100);
  const sent = { start: timeParameter(start), end: timeParameter(end) };
  const cursor = context.req.query('cursor');
  return { userId, ...sent, types, page: { limit, cursor: cursor ? decodeCursor(cursor) : undefined } };
}

/** From start to before end; an end at exactly midnight, in its own offset, counts as the end of that day. */
function windowOf({ start, end }: TimeseriesQuery): Window {
  return { from: start.instant, to: end.instant + (isMidnight(end) ? DAY : 0) };
}

function read(samples: SampleStore, query: TimeseriesQuery, window: Window) {
  const { cursor, limit } = query.page;
  if (cursor?.backward) return samples.backward(query.types, window, limit + 1, cursor.position);
  return samples.forward(query.types, window, limit + 1, cursor?.position);
}

/** `GET /users/{user_id}/timeseries`: an unknown user is an empty one. */
export function timeseriesRoutes(api: Hono, world: World): void {
  api.get('/users/:user_id/timeseries', needsKey(world), (context) => {
    const query = queryOf(context);
    lookAt(world, query.userId);
    const { samples } = dataOf(world, query.userId);
    const window = windowOf(query);
    const total = samples.count(query.types, window);
    const { rows, pagination } = pageOf(query.page, read(samples, query, window), total);
    const times = { start_time: echo(query.start), end_time: echo(query.end) };
    const metadata = { resolution: null, sample_count: rows.length, ...times };
    return context.json({ data: rows.map(shown), pagination, metadata });
  });
}
