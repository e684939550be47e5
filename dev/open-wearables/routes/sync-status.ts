import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { settle, shownEvent, shownRun } from '../runs.js';
import { integer, userIdOf } from '../parameters.js';
import { Refusal } from '../refusal.js';
import type { Run, World } from '../world.js';

/** Newest first. */
function runsOf(world: World, wanted: (run: Run) => boolean, limit: number): Run[] {
  settle(world);
  return world.runs.filter(wanted).reverse().slice(0, limit);
}

function knownUser(world: World, context: Context): string {
  const userId = userIdOf(context);
  if (!world.users.has(userId)) throw new Refusal(404, 'User not found');
  return userId;
}

function asked(context: Context): (run: Run) => boolean {
  const filters = ['user_id', 'provider', 'status', 'source'] as const;
  const wanted = filters.map((name) => [name, context.req.query(name)] as const);
  return (run) => {
    const row = shownRun(run);
    return wanted.every(([name, value]) => value === undefined || row[name] === value);
  };
}

/** `sync/recent` and `sync/runs`. `sync/stream` does not exist here: it takes the real server down. */
export function syncStatusRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  api.get('/users/:user_id/sync/recent', key, (context) => {
    const userId = knownUser(world, context);
    const limit = integer(context, 'limit', 50, 1, 200);
    return context.json(runsOf(world, (run) => run.userId === userId, limit).map(shownEvent));
  });
  api.get('/users/:user_id/sync/runs', key, (context) => {
    const userId = knownUser(world, context);
    const limit = integer(context, 'limit', 20, 1, 200);
    return context.json(runsOf(world, (run) => run.userId === userId, limit).map(shownRun));
  });
  api.get('/sync/runs', key, (context) => {
    const limit = integer(context, 'limit', 50, 1, 10_000);
    return context.json(runsOf(world, asked(context), limit).map(shownRun));
  });
}
