import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { openAttempt } from '../../db/connect-attempts.js';
import { securityHeaders } from '../security-headers.js';
import { sessions, type WebEnv } from '../session.js';

/** What a vendor may send back; anything else is not passed on. */
const PARAMETERS = ['code', 'state', 'error', 'error_description', 'scope'];
const LONGEST = 2048;

/**
 * `GET /api/v1/oauth/{provider}/callback`: for a vendor that is told to return to us instead of Open Wearables, as the
 * JupyterHealth Exchange does it. The answer is passed through Open Wearables, and whatever it says, the browser goes
 * nowhere but to our own pages: a "no" becomes a page with a way on instead of a JSON text.
 */
export function callbackRoutes({ sql, config, orchestration, openWearables }: ServerDeps): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.use('/api/v1/oauth/*', securityHeaders(), sessions(sql, config.SITE_URL));
  routes.get('/api/v1/oauth/:provider{[a-z]{2,32}}/callback', async (context) => {
    const provider = context.req.param('provider');
    const query: Record<string, string> = {};
    for (const name of PARAMETERS) {
      const value = context.req.query(name);
      if (value !== undefined && value.length <= LONGEST) query[name] = value;
    }
    const answer = await openWearables()
      .then((ow) => ow.callback(provider, query))
      .catch(() => undefined);
    const { location } = answer?.headers ?? {};
    const own = typeof location === 'string' ? ownReturn(location, config.SITE_URL) : undefined;
    if (own !== undefined) return context.redirect(own, 303);

    const session = context.get('session');
    const attempt =
      session?.patientId == null ? undefined : await openAttempt(sql, session.patientId, session.hash);
    if (attempt?.provider === provider) {
      await orchestration.refused(attempt.id, query['error'] === 'access_denied' ? 'denied' : 'failed');
    }
    return context.redirect('/ow/complete', 303);
  });
  return routes;
}

/** The path of our own return page; undefined for any other address, however it is written. */
function ownReturn(location: string, siteUrl: string): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const { origin, pathname } = new URL(location);
  const isOurs =
    origin === new URL(siteUrl).origin &&
    /^\/(ow\/return\/[A-Za-z0-9]{43}|ow\/complete|clients\/ow\/complete)$/.test(pathname);
  return isOurs ? pathname : undefined;
}
