import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from './env.js';
import { Problem } from './problems.js';

/** An id of a row: what the database can hold, so that a larger number is a mistake and not a failure. */
export const rowId = z.int32().positive();

/** The same in a body: a form has its digits as text, and so do some clients' JSON. */
export const sentId = z
  .preprocess(
    (sent) => (typeof sent === 'string' && /^\d{1,10}$/.test(sent) ? Number(sent) : sent),
    z.int32().positive(),
  )
  .openapi({ type: 'integer', minimum: 1, maximum: 2 ** 31 - 1, example: 1 });

/** A list in a body: of one that is sent alone a form makes no list. */
export const sentList = <Item extends z.ZodType>(items: z.ZodArray<Item>) =>
  z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), items);

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
