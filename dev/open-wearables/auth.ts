import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { notADeveloper, Refusal } from './refusal.js';
import type { World } from './world.js';

export const KEY_HEADER = 'X-Open-Wearables-API-Key';

/** The developer account of the sandbox. */
export const DEVELOPER = { username: 'admin@admin.com', password: 'sandbox-admin' } as const;

function bearerOf(context: Context): string | undefined {
  return /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
}

/** API key or developer token; the two texts are the only 401s that are about our key. */
export function needsKey(world: World): MiddlewareHandler {
  return async (context, next) => {
    const [key, token] = [context.req.header(KEY_HEADER), bearerOf(context)];
    const known = token !== undefined && world.developerTokens.has(token);
    if (!known && key === undefined) {
      throw new Refusal(401, 'Authentication required: provide JWT token or API key');
    }
    if (!known && !world.apiKeys.has(key ?? '')) throw new Refusal(401, 'Invalid or missing API key');
    await next();
  };
}

/** A developer token and nothing else. */
export function needsDeveloper(world: World): MiddlewareHandler {
  return async (context, next) => {
    const token = bearerOf(context);
    if (token === undefined || !world.developerTokens.has(token)) throw notADeveloper();
    await next();
  };
}

/** `sk-` and 32 hex digits. */
export function newApiKey(): string {
  return `sk-${randomBytes(16).toString('hex')}`;
}

/** `POST /auth/login`. */
export function logIn(world: World, username: unknown, password: unknown) {
  if (username !== DEVELOPER.username || password !== DEVELOPER.password) {
    throw notADeveloper('Incorrect email or password');
  }
  const access_token = `eyJ${randomBytes(48).toString('base64url')}`;
  world.developerTokens.add(access_token);
  const refresh_token = `rt-${randomBytes(24).toString('base64url')}`;
  return { access_token, token_type: 'bearer', refresh_token, expires_in: 3600 };
}
