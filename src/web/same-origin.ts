import type { MiddlewareHandler } from 'hono';

/**
 * Refuses unsafe requests that another site caused: the Origin must be ours. Browsers send it with every POST, so that a
 * request without it is refused, too. Only where there is no https may a page also be one of another name of this
 * machine: `http` pages of our own name are not ours.
 */
export function sameOriginOnly(siteUrl: string): MiddlewareHandler {
  const { origin: ours, protocol } = new URL(siteUrl);
  return async (context, next) => {
    const isSafe = context.req.method === 'GET' || context.req.method === 'HEAD';
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const own = protocol === 'https:' ? ours : new URL(context.req.url).origin;
    const isOurs = (origin === ours || origin === own) && (site === undefined || site === 'same-origin');
    if (!isSafe && !isOurs) return context.text('This form was not sent from our own page.', 403);
    await next();
    return;
  };
}
