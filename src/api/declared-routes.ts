import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { anyone } from '../auth/declared-policies.js';
import type { Policy } from '../auth/policies.js';
import type { Sql } from '../db/sql.js';
import { bearer } from './bearer.js';
import type { ApiEnv } from './env.js';
import { formAsJson } from './forms.js';
import { problem } from './shapes.js';

/** Where a route's policy stands in the OpenAPI document. */
const POLICY = 'x-policy';

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
export function publicRoute<Config extends Declared>(config: Config) {
  return createRoute({
    ...config,
    [POLICY]: 'anyone',
    security: [],
    middleware: [anyone, ...(config.middleware ?? [])],
  });
}
