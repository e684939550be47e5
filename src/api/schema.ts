import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { version } from '../version.js';
import type { ApiEnv } from './env.js';

const assets = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
};
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** The OpenAPI document of all routes, and Swagger UI served from here, without inline script. */
export function addSchemaRoutes(app: OpenAPIHono<ApiEnv>, siteUrl: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  // Answered by the pages, since the browser that comes back carries their session.
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/v1/oauth/{provider}/callback',
    tags: ['open wearables'],
    summary: "The vendor's answer, passed on to Open Wearables; leads the browser to our own pages",
    request: {
      params: z.object({ provider: z.string() }),
      query: z.object({
        code: z.string().optional(),
        state: z.string().optional(),
        error: z.string().optional(),
      }),
    },
    responses: {
      303: { description: 'to a page of ours' },
      403: { description: 'another browser began this' },
      503: { description: 'Open Wearables cannot be reached; the same address works later' },
    },
  });
  app.doc31('/api/schema', {
    openapi: '3.1.0',
    info: { title: 'wearable-exchange', version, license: { name: 'Apache-2.0' } },
    servers: [{ url: siteUrl }],
  });
  app.get('/api/schema/swagger-ui/', (context) => {
    // Swagger UI draws its icons as data: images and sizes elements with inline styles.
    context.header(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
    );
    return context.html(page);
  });
  app.get('/api/schema/swagger-ui', (context) => context.redirect('/api/schema/swagger-ui/', 308));
  app.get('/api/schema/swagger-ui/:file', async (context) => {
    const file = context.req.param('file');
    if (file === 'start.js') return context.body(start, 200, { 'Content-Type': 'text/javascript' });
    if (!SERVED.includes(file)) return context.notFound();
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    return context.body(await readFile(path.join(assets, file)), 200, { 'Content-Type': type });
  });
}

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>wearable-exchange API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="swagger-ui.css"><link rel="icon" href="favicon-32x32.png"></head>
<body><div id="swagger-ui"></div><script src="swagger-ui-bundle.js"></script><script src="start.js"></script></body>
</html>`;

const start = `window.ui = SwaggerUIBundle({ url: '/api/schema', dom_id: '#swagger-ui', deepLinking: true });`;
