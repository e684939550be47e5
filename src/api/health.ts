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
  /** Told, and no reason to take an API process out of service: what it writes down is done when a worker comes. */
  workers: z.string(),
});
const ready = publicRoute({
  method: 'get',
  path: '/ready',
  tags: ['operation'],
  summary:
    'The process can do its work: it is not stopping; database, migrations, Temporal. Also whether workers poll',
  responses: {
    200: { description: 'ready', content: { 'application/json': { schema: readiness } } },
    503: { description: 'not ready', content: { 'application/json': { schema: readiness } } },
  },
});

const figures = publicRoute({
  method: 'get',
  path: '/metrics',
  tags: ['operation'],
  summary: 'What is measured of this process and of the installation, in the text format of Prometheus',
  responses: { 200: { description: 'metrics', content: { 'text/plain': { schema: z.string() } } } },
});

export type HealthDeps = Pick<ServerDeps, 'sql' | 'orchestration' | 'oversight' | 'metrics' | 'stopping'>;

/** `mustPoll`: a process of workers is not ready while none polls. */
export function healthRoutes(
  { sql, orchestration, oversight, metrics, stopping }: HealthDeps,
  { mustPoll = false } = {},
): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  routes.openapi(health, (context) => context.json({ status: 'ok' as const, version }, 200));
  routes.openapi(ready, async (context) => {
    const [database, schedule, workers] = await Promise.all([
      databaseState(),
      scheduleState(),
      workersState(),
    ]);
    const process = stopping.signal.aborted ? 'stopping' : 'running';
    const isReady =
      process === 'running' &&
      database === 'up to date' &&
      schedule === 'reachable' &&
      (!mustPoll || workers === 'poll');
    return context.json({ ready: isReady, process, database, schedule, workers }, isReady ? 200 : 503);
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

  async function workersState(): Promise<string> {
    try {
      const { runs, calls } = await oversight.pollers();
      if (runs === 0) return 'none polls';
      return calls === 0 ? 'none takes calls of Open Wearables' : 'poll';
    } catch {
      return 'not known';
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
