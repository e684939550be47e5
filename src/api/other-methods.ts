import type { OpenAPIHono } from '@hono/zod-openapi';
import { anyone } from '../auth/declared-policies.js';
import type { ApiEnv } from './env.js';
import { Problem } from './problems.js';

/** Answers a known path that is called by a method it does not have; after all routes, so that theirs come first. */
export function refuseOtherMethods(app: OpenAPIHono<ApiEnv>): void {
  const methods = new Map<string, Set<string>>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const path = definition.route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const known = methods.get(shapeOf(path)) ?? new Set();
    methods.set(shapeOf(path), known.add(definition.route.method.toUpperCase()));
  }
  for (const [path, known] of methods) {
    app.all(path, anyone, (context) => {
      context.header('Allow', [...known].sort().join(', '));
      throw new Problem(405, 'This method is not allowed here.');
    });
  }
}

/** Paths that differ only in the names of their parameters are one. */
function shapeOf(path: string): string {
  return path.replaceAll(/:\w+/g, ':any');
}
