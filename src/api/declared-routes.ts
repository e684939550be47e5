import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { Policy } from '../auth/policies.js';
import type { Sql } from '../db/sql.js';
import { bearer } from './bearer.js';
import type { ApiEnv } from './env.js';
import { formAsJson } from './forms.js';
import { problem } from './shapes.js';

/** Where a route's policy stands in the OpenAPI document. */
const POLICY = 'x-policy';

/** Everything here is refused unless a policy is declared with the route. */
const GUARDED = /^\/(api|o|FHIR)\//;
/** Answered by the pages: the description of the API, and the vendor's return, which is bound to a browser. */
const PAGES = /^\/api\/(schema(\/|$)|v1\/oauth\/)/;

type Declared = Omit<RouteConfig, 'path' | 'middleware'> & {
  path: string;
  /** What reads the request before its handler; after the policy. */
  middleware?: MiddlewareHandler<ApiEnv>[];
};

/** What every route that wants a token may answer. */
const REFUSALS = {
  401: problem('no token, or one that is not valid (any more)'),
  403: problem('not allowed'),
};

/**
 * Declares the routes of the API, each with the policy that says who may call it; the only way to make one. The policy
 * is enforced before anything of the request is read.
 */
export function declareRoutes(sql: Sql) {
  return <Config extends Declared>(policy: Policy, config: Config) => {
    // A route's own words come first; its handler's type need not know the refusals.
    const responses: Config['responses'] = { ...REFUSALS, ...config.responses };
    return createRoute({
      ...config,
      responses,
      [POLICY]: policy,
      security: [{ bearer: [] }],
      middleware: [
        bearer(sql, policy),
        ...(config.path.startsWith('/api/v1/') ? [formAsJson] : []),
        ...(config.middleware ?? []),
      ],
    });
  };
}

/** A route that anyone may call, with a proof of its own in the request or none. */
export function publicRoute<Config extends Omit<RouteConfig, 'path'> & { path: string }>(config: Config) {
  return createRoute({ ...config, [POLICY]: 'anyone', security: [] });
}

/** Refuses to build a server in which some route of the API has no policy. */
export function requirePolicies(app: OpenAPIHono<ApiEnv>): void {
  const declared = new Set(
    app.openAPIRegistry.definitions.flatMap((definition) => {
      if (definition.type !== 'route' || !(POLICY in definition.route)) return [];
      const { method, path } = definition.route;
      return [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`];
    }),
  );
  const undeclared = app.routes
    .filter(({ method, path }) => method !== 'ALL' && GUARDED.test(path) && !PAGES.test(path))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !declared.has(route));
  if (undeclared.length > 0) throw new Error(`routes without a policy: ${undeclared.join(', ')}`);
}
