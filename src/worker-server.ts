import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { type HealthDeps, healthRoutes } from './api/health.js';
import type { Events } from './events.js';
import { tellFailure } from './failed-requests.js';

/** What a process without the API answers: whether it lives, whether it can work, and its metrics; nothing else. */
export function createWorkerServer({ events, ...deps }: HealthDeps & { readonly events: Events }): Hono {
  const app = new Hono();
  app.route('/', healthRoutes(deps, { mustPoll: true }));
  app.notFound((context) => context.json({ detail: 'Not found.' }, 404));
  app.onError((error, context) => {
    tellFailure(events, "the worker's HTTP", error, randomUUID());
    return context.json({ detail: 'Something failed on our side; it has been logged.' }, 500);
  });
  return app;
}
