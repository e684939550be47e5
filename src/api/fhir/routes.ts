import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv, ServerDeps } from '../env.js';
import { createRoutes } from './create.js';
import { directoryRoutes } from './directory.js';
import { discoveryRoutes } from './discovery.js';
import { observationRoutesR4, observationRoutesR5 } from './observations.js';

/** Everything under /FHIR. */
export function fhirRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = new OpenAPIHono<ApiEnv>();
  for (const part of [
    createRoutes,
    observationRoutesR5,
    observationRoutesR4,
    directoryRoutes,
    discoveryRoutes,
  ]) {
    routes.route('/', part(deps));
  }
  return routes;
}
