import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { ServerDeps } from '../api/env.js';
import { enforces } from '../auth/declared-policies.js';
import { findUser } from '../db/users.js';
import { createPayloadDecoder, payloadText } from '../temporal/payload-codec.js';
import { sessions, type WebEnv } from './session.js';

const body = z.object({ payloads: z.array(payloadText).max(2000) });

/**
 * `POST /temporal/decode`, which Temporal's UI asks for what is encrypted (its codec endpoint is `/temporal`): for
 * operators who are signed in here, from TEMPORAL_UI_URL alone. It encrypts nothing.
 */
export function payloadDecoderRoutes({ sql, config }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  const { TEMPORAL_UI_URL: ui, TEMPORAL_PAYLOAD_KEYS: keys } = config;
  if (ui === undefined || keys.length === 0) return routes;
  const { origin } = new URL(ui);
  const decode = createPayloadDecoder(keys);
  routes.use(
    '/decode',
    cors({
      origin,
      credentials: true,
      allowMethods: ['POST'],
      allowHeaders: ['content-type', 'x-namespace'],
    }),
    sessions(sql, config.SITE_URL),
  );
  routes.post('/decode', enforces('superuser', operatorOf(origin)), async (context) => {
    const isJson = context.req.header('content-type')?.startsWith('application/json') === true;
    const asked = body.safeParse(isJson ? await context.req.json().catch(() => undefined) : undefined);
    if (!asked.success) return context.json({ detail: 'The request could not be read.' }, 400);
    return context.json({ payloads: await Promise.all(asked.data.payloads.map(decode)) });
  });
  return routes;

  function operatorOf(origin: string) {
    return createMiddleware<WebEnv>(async (context, next) => {
      if (context.req.header('origin') !== origin)
        return context.json({ detail: 'Not asked by Temporal.' }, 403);
      const session = context.get('session');
      const user = session && (await findUser(sql, session.userId));
      if (user?.isSuperuser !== true) return context.json({ detail: 'Sign in as an operator first.' }, 401);
      await next();
      return;
    });
  }
}
