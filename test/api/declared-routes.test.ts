import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { expect, it } from 'vitest';
import { publicRoute, requirePolicies } from '../../src/api/declared-routes.js';
import type { ApiEnv } from '../../src/api/env.js';

const nothing = {
  method: 'get',
  path: '/api/v1/things/{id}',
  responses: { 204: { description: '' } },
} as const;

it('a server with a route that has no policy cannot be built', () => {
  const app = new OpenAPIHono<ApiEnv>();
  app.openapi(publicRoute(nothing), (context) => context.body(null, 204));
  expect(() => {
    requirePolicies(app);
  }).not.toThrow();
  app.openapi(createRoute({ ...nothing, method: 'post' }), (context) => context.body(null, 204));
  expect(() => {
    requirePolicies(app);
  }).toThrow('routes without a policy: POST /api/v1/things/:id');
});

it.each(['/api/v1/raw', '/FHIR/R5/raw', '/o/raw'])('nor with one beside the declared ones: %s', (path) => {
  const app = new OpenAPIHono<ApiEnv>();
  app.get(path, (context) => context.body(null, 204));
  expect(() => {
    requirePolicies(app);
  }).toThrow(path);
});
