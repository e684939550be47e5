import type { Hono } from 'hono';
import { needsKey } from '../auth.js';
import type { ScoreRecord } from '../event-records.js';
import { isoZ } from '../instant.js';
import { lookAt } from '../live.js';
import { integer, timeParameter, userIdOf } from '../parameters.js';
import { dataOf } from '../world.js';
import type { World } from '../world.js';

function shown(score: ScoreRecord) {
  return {
    ...{ category: score.category, value: score.value, qualifier: null, recorded_at: isoZ(score.at) },
    ...{ zone_offset: null, components: score.components, id: score.id },
    ...{ data_source_id: null, provider: score.provider },
  };
}

/** `GET /users/{user_id}/health-scores`: newest first, paged by offset. */
export function healthScoreRoutes(api: Hono, world: World): void {
  api.get('/users/:user_id/health-scores', needsKey(world), (context) => {
    const userId = userIdOf(context);
    const limit = integer(context, 'limit', 50, 1, 1000);
    const offset = integer(context, 'offset', 0, 0, Number.MAX_SAFE_INTEGER);
    const [category, provider] = [context.req.query('category'), context.req.query('provider')];
    const [start, end] = [context.req.query('start_date'), context.req.query('end_date')];
    const from = start === undefined ? -Infinity : timeParameter(start).instant;
    const to = end === undefined ? Infinity : timeParameter(end).instant;
    lookAt(world, userId);
    const wanted = [...dataOf(world, userId).scores.values()]
      .filter((score) => score.at >= from && score.at < to)
      .filter((score) => (category ?? score.category) === score.category)
      .filter((score) => (provider ?? score.provider) === score.provider)
      .sort((a, b) => b.at - a.at);
    const data = wanted.slice(offset, offset + limit).map(shown);
    const has_more = offset + limit < wanted.length;
    const cursors = { next_cursor: null, previous_cursor: null };
    const metadata = { resolution: null, sample_count: data.length, start_time: null, end_time: null };
    return context.json({ data, pagination: { ...cursors, has_more, total_count: wanted.length }, metadata });
  });
}
