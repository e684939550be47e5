import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'hono';
import { isDatabaseLost } from './db/lost.js';
import { whereThrown } from './errors.js';
import type { Events } from './events.js';

/** Meanwhile the driver forgets the other connections that ended. */
const PAUSE_MS = 100;

type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

/** Says what went wrong with a request that nobody foresaw. */
export function tellFailure(events: Events, where: string, error: Error, requestId: string): void {
  if (isDatabaseLost(error)) events.databaseLost();
  else events.crashed({ where, unexpected: whereThrown(error), requestId });
}

/**
 * Answers again, once, what only reads and met a connection that Postgres had ended: the driver notices that with the
 * next statement. Undefined: the first answer stands.
 */
export function secondAnswers(fetch: Fetch): (context: Context) => Promise<Response | undefined> {
  const asked = new WeakSet<Request>();
  return async ({ req: { method, raw }, error, env }) => {
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || !isDatabaseLost(error) || asked.has(raw)) return undefined;
    asked.add(raw);
    await pause(PAUSE_MS);
    return fetch(raw, env);
  };
}
