import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type Identity, isAdmitted, type Policy } from '../auth/policies.js';
import { hashToken } from '../auth/tokens.js';
import { userOfAccessToken } from '../db/access-tokens.js';
import type { Sql } from '../db/sql.js';
import { findUser, rolesOf } from '../db/users.js';
import type { ApiEnv } from './env.js';
import { notAllowed, notAuthenticated } from './problems.js';

/** Lets a request pass whose bearer token belongs to an account that the policy admits; cookies are not looked at. */
export function bearer(sql: Sql, policy: Policy): MiddlewareHandler<ApiEnv> {
  return createMiddleware<ApiEnv>(async (context, next) => {
    const identity = await identify(sql, context.req.header('authorization'));
    if (identity === undefined) {
      context.header('WWW-Authenticate', 'Bearer realm="api"');
      throw notAuthenticated();
    }
    if (!isAdmitted(policy, identity)) throw notAllowed();
    context.set('identity', identity);
    await next();
  });
}

/** The account and roles behind an Authorization header. */
async function identify(sql: Sql, header: string | undefined): Promise<Identity | undefined> {
  const token = /^Bearer ([A-Za-z0-9]{20,128})$/.exec(header ?? '')?.[1];
  if (token === undefined) return undefined;
  const userId = await userOfAccessToken(sql, hashToken(token));
  if (userId === undefined) return undefined;
  const [user, roles] = await Promise.all([findUser(sql, userId), rolesOf(sql, userId)]);
  return user && { user, roles };
}
