import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { migrationStates } from '../db/migrate.js';
import { migrationsFolder } from '../db/migrations-folder.js';
import { version } from '../version.js';
import { publicRoute } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { apiRoutes } from './routes.js';

const health = publicRoute({
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

const readiness = z.object({
  ready: z.boolean(),
  process: z.enum(['running', 'stopping']),
  database: z.string(),
  schedule: z.string(),
});
const ready = publicRoute({
  method: 'get',
  path: '/ready',
  tags: ['operation'],
  summary: 'The process can do its work: it is not stopping; database, migrations, Temporal',
  responses: {
    200: { description: 'ready', content: { 'application/json': { schema: readiness } } },
    503: { description: 'not ready', content: { 'application/json': { schema: readiness } } },
  },
});

const figures = publicRoute({
  method: 'get',
  path: '/metrics',
  tags: ['operation'],
  summary: 'Counters in the text format of Prometheus',
  responses: { 200: { description: 'metrics', content: { 'text/plain': { schema: z.string() } } } },
});

export function healthRoutes({ sql, orchestration, metrics, stopping }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  routes.openapi(health, (context) => context.json({ status: 'ok' as const, version }, 200));
  routes.openapi(ready, async (context) => {
    const [database, schedule] = await Promise.all([databaseState(), scheduleState()]);
    const process = stopping.signal.aborted ? 'stopping' : 'running';
    const isReady = process === 'running' && database === 'up to date' && schedule === 'reachable';
    return context.json({ ready: isReady, process, database, schedule }, isReady ? 200 : 503);
  });
  routes.openapi(figures, async (context) =>
    context.text(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType }),
  );
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
