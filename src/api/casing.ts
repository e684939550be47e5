import { z } from '@hono/zod-openapi';

/**
 * Clients of the JupyterHealth Exchange send keys in camelCase or snake_case; both are read. `shape` names its keys in
 * camelCase.
 */
export function eitherCase<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
    return Object.fromEntries(Object.entries(body).map(([key, value]) => [camel(key), value as unknown]));
  }, z.object(shape));
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
