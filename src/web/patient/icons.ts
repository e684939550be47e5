import { Hono } from 'hono';
import type { ServerDeps } from '../../api/env.js';
import { anyone } from '../../auth/declared-policies.js';
import type { Provider } from '../../open-wearables/shapes.js';
import type { WebEnv } from '../session.js';

const KEPT_MS = 3_600_000;
/** Only a path on the upstream's own host; an absolute address is not followed. */
const OWN_PATH = /^\/static\/[\w./-]+\.svg$/;

/** The providers whose icon can be had. */
export function withIcon(offered: readonly Provider[]): ReadonlySet<string> {
  const having = offered.filter(({ icon_url: path }) => path != null && OWN_PATH.test(path));
  return new Set(having.map(({ provider }) => provider));
}

/** Provider icons, fetched from Open Wearables by us and kept for an hour: a browser never meets the upstream. */
export function iconRoutes({ openWearables }: ServerDeps): Hono<WebEnv> {
  const kept = new Map<string, { readonly svg: string; readonly until: number }>();
  const routes = new Hono<WebEnv>();
  routes.get('/icons/:provider{[a-z]{2,32}}', anyone, async (context) => {
    const provider = context.req.param('provider');
    const known = kept.get(provider);
    const svg = known && known.until > Date.now() ? known.svg : await fetchIcon(provider);
    if (svg === undefined) return context.notFound();
    kept.set(provider, { svg, until: Date.now() + KEPT_MS });
    context.header('Content-Type', 'image/svg+xml');
    context.header('Cache-Control', 'public, max-age=3600');
    return context.body(svg);
  });
  return routes;

  async function fetchIcon(provider: string): Promise<string | undefined> {
    const ow = await openWearables();
    const offer = (await ow.providers()).find((entry) => entry.provider === provider);
    const path = offer?.icon_url;
    if (path == null || !OWN_PATH.test(path)) return undefined;
    return (await ow.icon(path)).text;
  }
}
