import type { MiddlewareHandler } from 'hono';

/**
 * Refuses unsafe requests that another site caused: the Origin must be ours. Browsers send it with every POST; a
 * request without it comes from no browser and carries no cookie of one.
 */
export function sameOriginOnly(siteUrl: string): MiddlewareHandler {
  const ours = new URL(siteUrl).origin;
  return async (context, next) => {
    const isSafe = context.req.method === 'GET' || context.req.method === 'HEAD';
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const own = new URL(context.req.url).origin;
    const isOurs = (origin === ours || origin === own) && (site === undefined || site === 'same-origin');
    if (!isSafe && !isOurs) return context.text('This form was not sent from our own page.', 403);
    await next();
    return;
  };
}
