import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { lookAt } from '../live.js';
import { flag, integer, oneOf, timeParameter, userIdOf } from '../parameters.js';
import { PROVIDER_KEYS } from '../providers.js';
import { Refusal } from '../refusal.js';
import { queueHistorical, queueLive, syncNow } from '../sync.js';
import type { DataType } from '../sync.js';
import type { World } from '../world.js';

/** Parameters that only a blocking sync takes, in the order of the upstream's signature. */
const BLOCKING_ONLY = [
  ...['data_type', 'since', 'limit', 'offset', 'filter_by_modification_time', 'samples', 'zones', 'route'],
  ...['summary_start_time', 'summary_end_time'],
];

function dataTypeOf(context: Context): DataType {
  const asked = oneOf(context.req.query('data_type') ?? 'all', ['all', 'workouts', '247']);
  return asked === 'workouts' || asked === '247' ? asked : 'all';
}

function refuseBlockingOnly(context: Context): void {
  const given = BLOCKING_ONLY.filter((name) => context.req.query(name) !== undefined);
  if (given.length === 0) return;
  const names = given.map((name) => `'${name}'`).join(', ');
  const advice = 'Use async=false or omit provider-specific parameters.';
  throw new Refusal(400, `Parameters [${names}] are not supported in async mode. ${advice}`);
}

function instantAsked(context: Context, name: string): number | undefined {
  const text = context.req.query(name);
  return text === undefined ? undefined : timeParameter(text).instant;
}

const GARMIN_PARTS = ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'] as const;

/** A backfill that never runs: pending in all its parts. */
function garminBackfill(userId: string) {
  const each = <T>(value: T) => Object.fromEntries(GARMIN_PARTS.map((part) => [part, value]));
  return {
    ...{
      user_id: userId,
      provider: 'garmin',
      overall_status: 'pending',
      current_window: 0,
      total_windows: 1,
    },
    windows: { '0': each('pending') },
    summary: each({ done: 0, timed_out: 0, failed: 0 }),
    ...{ in_progress: false, retry_phase: false, retry_type: null, retry_window: null },
    ...{ attempt_count: 0, max_attempts: 3, permanently_failed: false },
  };
}

/** `/providers/{provider}/users/{user_id}/sync...`: neither user nor connection is checked when it is queued. */
export function syncRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  const asked = (context: Context) => ({
    provider: oneOf(context.req.param('provider') ?? '', PROVIDER_KEYS),
    userId: userIdOf(context),
  });
  api.post('/providers/:provider/users/:user_id/sync', key, (context) => {
    const { provider, userId } = asked(context);
    const dataType = dataTypeOf(context);
    if (flag(context, 'async', true)) {
      refuseBlockingOnly(context);
      return context.json(queueLive(world, userId, provider));
    }
    lookAt(world, userId);
    const from = instantAsked(context, 'summary_start_time');
    const to = instantAsked(context, 'summary_end_time');
    return context.json(syncNow(world, userId, provider, dataType, from, to));
  });
  api.post('/providers/:provider/users/:user_id/sync/historical', key, (context) => {
    const { provider, userId } = asked(context);
    return context.json(queueHistorical(world, userId, provider, integer(context, 'days', 90, 1, 365)));
  });
  api.get('/providers/garmin/users/:user_id/backfill/status', key, (context) =>
    context.json(garminBackfill(userIdOf(context))),
  );
}
