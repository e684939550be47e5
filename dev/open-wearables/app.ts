import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { iconOf } from './icons.js';
import { Crash, Refusal } from './refusal.js';
import { adminRoutes } from './routes/admin.js';
import { connectionRoutes } from './routes/connections.js';
import { dataSourceRoutes } from './routes/data-sources.js';
import { eventRoutes } from './routes/events.js';
import { healthScoreRoutes } from './routes/health-scores.js';
import { oauthRoutes } from './routes/oauth.js';
import { summaryRoutes } from './routes/summaries.js';
import { syncRoutes } from './routes/sync.js';
import { syncStatusRoutes } from './routes/sync-status.js';
import { timeseriesRoutes } from './routes/timeseries.js';
import { userRoutes } from './routes/users.js';
import { vendorRoutes } from './routes/vendor.js';
import { settle } from './runs.js';
import type { World } from './world.js';

function refused(refusal: Refusal): Response {
  const headers = { 'content-type': 'application/json', ...refusal.headers };
  return new Response(JSON.stringify({ detail: refusal.detail }), { status: refusal.status, headers });
}

function crashed(): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response('Internal Server Error', { status: 500, headers });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`);
}

/** 405 names the methods of the first route with that path, as the upstream's router does; else 404. */
function notFound(app: Hono, context: Context): Response {
  const route = app.routes.find(
    ({ method, path }) => method !== 'ALL' && patternOf(path).test(context.req.path),
  );
  if (!route) return refused(new Refusal(404, 'Not Found'));
  return refused(new Refusal(405, 'Method Not Allowed', { allow: route.method }));
}

function rootRoutes(app: Hono): void {
  app.get('/', (context) => context.json({ message: 'Server is running!' }));
  app.get('/static/provider-icons/:file', (context) => {
    const icon = iconOf(context.req.param('file').replace(/\.svg$/, ''));
    if (icon === undefined) throw new Refusal(404, 'Not Found');
    return context.body(icon, 200, { 'content-type': 'image/svg+xml' });
  });
}

const ROUTES: readonly ((api: Hono, world: World) => void)[] = [
  ...[userRoutes, connectionRoutes, timeseriesRoutes, eventRoutes, dataSourceRoutes],
  ...[summaryRoutes, healthScoreRoutes, oauthRoutes, syncRoutes, syncStatusRoutes, adminRoutes],
];

/** Open Wearables' HTTP surface over a world. `defect` hears of failures that are ours, not the upstream's. */
export function createApp(
  world: World,
  defect: (error: Error) => void,
  before: readonly MiddlewareHandler[] = [],
): Hono {
  const app = new Hono();
  for (const middleware of before) app.use(middleware);
  const api = new Hono();
  app.use(async (context, next) => {
    settle(world);
    await next();
    context.header('server', 'uvicorn');
  });
  for (const routes of ROUTES) routes(api, world);
  rootRoutes(app);
  vendorRoutes(app, world);
  app.route('/api/v1', api);
  app.notFound((context) => notFound(app, context));
  app.onError((error) => {
    if (error instanceof Refusal) return refused(error);
    if (!(error instanceof Crash)) defect(error);
    return crashed();
  });
  return app;
}
