import type { MiddlewareHandler } from 'hono';
import type { RouterRoute } from 'hono/types';
import { findTargetHandler, isMiddleware } from 'hono/utils/handler';
import type { Policy } from './policies.js';

/** Who may ask a route at all; `anyone` brings a proof in the request itself, or needs none. */
export type RoutePolicy = Policy | 'anyone';

const enforced = new WeakMap<object, RoutePolicy>();

/** Marks the middleware that enforces a policy: it stands first where its route is, and a server can tell that it does. */
export function enforces<Middleware extends MiddlewareHandler>(
  policy: RoutePolicy,
  middleware: Middleware,
): Middleware {
  enforced.set(middleware, policy);
  return middleware;
}

/** The policy of what anybody may ask. */
export const anyone: MiddlewareHandler = enforces('anyone', async (_context, next) => {
  await next();
});

/**
 * The policy of every route, by `METHOD /pattern`. Throws when some route has none, more than one, or anything of its own
 * before it; what stands around many routes and only passes requests on (`use`) is no route.
 */
export function policiesOf(routes: readonly RouterRoute[]): ReadonlyMap<string, RoutePolicy> {
  const steps = new Map<string, (RoutePolicy | undefined)[]>();
  for (const { method, path, handler } of routes) {
    const target = findTargetHandler(handler);
    const policy = enforced.get(target);
    if (method === 'ALL' && policy === undefined && isMiddleware(target)) continue;
    const route = `${method} ${path}`;
    steps.set(route, [...(steps.get(route) ?? []), policy]);
  }
  const policies = new Map<string, RoutePolicy>();
  for (const [route, [policy, ...rest]] of steps)
    if (policy !== undefined && !rest.some(Boolean)) policies.set(route, policy);
  const wrong = [...steps.keys()].filter((route) => !policies.has(route));
  if (wrong.length > 0) throw new Error(`${HOW_TO}: ${wrong.join(', ')}`);
  return policies;
}

const HOW_TO =
  'routes without one policy before anything else of theirs (API: declareRoutes, publicRoute; staff pages: staffOnly; ' +
  'patient pages: patientsOnly; for everybody: anyone)';
