import type { z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from '../env.js';
import { Problem } from '../problems.js';

const FORM = 'application/x-www-form-urlencoded';

/** One way in which a search is asked for, as its route has it. */
interface Asking<Parameters extends z.ZodObject> {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly request: { readonly query: Parameters };
  readonly middleware: MiddlewareHandler<ApiEnv>[];
}

/** A search is asked for by its address; or by a form, which keeps what is asked for out of the logs of proxies. */
export function searchesOf<Parameters extends z.ZodObject>(
  path: string,
  summary: string,
  parameters: Parameters,
): readonly Asking<Parameters>[] {
  const form = { required: false, content: { [FORM]: { schema: parameters } } };
  const posted = { query: parameters, body: form };
  return [
    { method: 'get', path, summary, request: { query: parameters }, middleware: [] },
    {
      ...{ method: 'post', path: `${path}/_search`, summary: `${summary}; asked for by a form` },
      ...{ request: posted, middleware: [formIntoQuery] },
    },
  ];
}

/** From here on the search is one by its address: the parameters of both hold. */
const formIntoQuery = createMiddleware<ApiEnv>(async (context, next) => {
  const type = context.req.header('content-type');
  if (type !== undefined && type.split(';')[0]?.trim().toLowerCase() !== FORM) {
    throw new Problem(415, `A search is posted as ${FORM}.`);
  }
  const url = new URL(context.req.url);
  const form = new URLSearchParams(await context.req.text());
  for (const [name, value] of form) url.searchParams.append(name, value);
  // No text of ours holds it, and Postgres fails on it.
  if (url.search.includes('%00')) throw new Problem(400, 'The request could not be read.');
  const headers = new Headers(context.req.raw.headers);
  headers.delete('content-type');
  context.req.raw = new Request(url, { method: 'POST', headers });
  await next();
});
