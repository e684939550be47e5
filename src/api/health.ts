import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { migrationStates } from '../db/migrate.js';
import { migrationsFolder } from '../db/migrations-folder.js';
import { version } from '../version.js';
import type { ApiEnv, ServerDeps } from './env.js';

const health = createRoute({
  method: 'get',
  path: '/health',
  tags: ['operation'],
  summary: 'The process is alive; asks nothing of others',
  responses: {
    200: {
      description: 'alive',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok'), version: z.string() }) } },
    },
  },
});

const readiness = z.object({ ready: z.boolean(), database: z.string(), schedule: z.string() });
const ready = createRoute({
  method: 'get',
  path: '/ready',
  tags: ['operation'],
  summary: 'The process can do its work: database, migrations, Temporal',
  responses: {
    200: { description: 'ready', content: { 'application/json': { schema: readiness } } },
    503: { description: 'not ready', content: { 'application/json': { schema: readiness } } },
  },
});

export function healthRoutes({ sql, orchestration, metrics }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  routes.openapi(health, (context) => context.json({ status: 'ok' as const, version }, 200));
  routes.openapi(ready, async (context) => {
    const [database, schedule] = await Promise.all([databaseState(), scheduleState()]);
    const isReady = database === 'up to date' && schedule === 'reachable';
    return context.json({ ready: isReady, database, schedule }, isReady ? 200 : 503);
  });
  routes.get('/metrics', async (context) => {
    context.header('Content-Type', metrics.contentType);
    return context.body(await metrics.metrics());
  });
  return routes;

  async function databaseState(): Promise<string> {
    try {
      const states = await migrationStates(sql, migrationsFolder());
      return states.every(({ appliedAt }) => appliedAt !== null) ? 'up to date' : 'migrations wait';
    } catch {
      return 'not reachable';
    }
  }

  async function scheduleState(): Promise<string> {
    try {
      await orchestration.pollSchedule();
      return 'reachable';
    } catch {
      return 'Temporal is not reachable';
    }
  }
}
