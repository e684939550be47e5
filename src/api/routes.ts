import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from './env.js';
import { Problem } from './problems.js';

/** An id of a row: what the database can hold, so that a larger number is a mistake and not a failure. */
export const rowId = z.int32().positive();

/** An id in a query. */
export const queryId = z.coerce.number().pipe(z.int32().min(0));

/** A text that the database can hold. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => !value.includes('\0'), 'holds a character that no text has');

/** Routes whose refused input is answered like every other error: `detail`, and each field with its messages. */
export function apiRoutes(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook(result) {
      if (result.success) return;
      const fields: Record<string, string[]> = {};
      for (const { path, message } of result.error.issues) (fields[path.join('.')] ??= []).push(message);
      const detail = Object.entries(fields)
        .map(([field, messages]) => `${field}: ${messages.join(', ')}`)
        .join('; ');
      throw new Problem(400, detail, fields);
    },
  });
}
