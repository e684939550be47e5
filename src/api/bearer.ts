import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { begins, isBy } from '../audit/requests.js';
import { enforces } from '../auth/declared-policies.js';
import { isAdmitted, type Policy } from '../auth/policies.js';
import { hashToken } from '../auth/tokens.js';
import { type Bearer, bearerOfAccessToken } from '../db/access-tokens.js';
import { onBehalfOf } from '../db/reading.js';
import type { Sql } from '../db/sql.js';
import type { ApiEnv } from './env.js';
import { notAllowed, notAuthenticated } from './problems.js';

/** Methods that change nothing; a search by POST changes nothing either. */
const READING = new Set(['GET', 'HEAD']);
const SEARCH = /\/_search$/;

/** Lets a request pass whose bearer token belongs to an account that the policy admits; cookies are not looked at. */
export function bearer(sql: Sql, policy: Policy): MiddlewareHandler<ApiEnv> {
  const middleware = createMiddleware<ApiEnv>(async (context, next) => {
    const found = await identify(sql, context.req.header('authorization'));
    if (found === undefined) {
      context.header('WWW-Authenticate', 'Bearer realm="api"');
      throw notAuthenticated();
    }
    const { identity, tokenHash, access } = found;
    isBy(context, identity.user);
    const isReading = READING.has(context.req.method) || SEARCH.test(context.req.path);
    if (!isAdmitted(policy, identity) || (access === 'read' && !isReading)) throw notAllowed();
    context.set('identity', identity);
    context.set('tokenHash', tokenHash);
    await begins(context);
    await onBehalfOf(identity.user.id, next);
  });
  return enforces(policy, middleware);
}

/** Who is behind an Authorization header, and how far its token reaches. */
async function identify(
  sql: Sql,
  header: string | undefined,
): Promise<(Bearer & { readonly tokenHash: Buffer }) | undefined> {
  const token = /^Bearer ([A-Za-z0-9]{20,128})$/.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const tokenHash = hashToken(token);
  const found = await bearerOfAccessToken(sql, tokenHash);
  return found && { ...found, tokenHash };
}
