import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './env.js';
import { Problem } from './problems.js';

export const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'] as const;
const isForm = (type: string) => FORM_TYPES.some((each) => type.toLowerCase().startsWith(each));

/**
 * Clients of the original may send a form instead of JSON; from here on it is JSON. A field that is sent several times
 * is a list. Behind a bearer token only: no page of another site can make a browser send one.
 */
export const formAsJson = createMiddleware<ApiEnv>(async (context, next) => {
  const { raw, url, method } = context.req;
  const hasBody = !['GET', 'HEAD'].includes(method);
  if (hasBody && isForm(context.req.header('content-type') ?? '')) {
    const form = await context.req.formData().catch(() => undefined);
    if (form === undefined) throw new Problem(400, 'The request could not be read.');
    const headers = new Headers(raw.headers);
    headers.set('content-type', 'application/json');
    context.req.bodyCache = {};
    context.req.raw = new Request(url, { method, headers, body: JSON.stringify(membersOf(form)) });
  }
  await next();
});

function membersOf(form: FormData): Record<string, string | string[]> {
  const texts = (name: string) =>
    form.getAll(name).map((value) => {
      if (typeof value !== 'string') throw new Problem(400, `${name}: files are not taken.`);
      return value;
    });
  const members = [...new Set(form.keys())].map((name) => {
    const [first = '', ...more] = texts(name);
    return [name, more.length === 0 ? first : [first, ...more]] as const;
  });
  return Object.fromEntries(members);
}
