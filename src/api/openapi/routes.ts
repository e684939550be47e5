import { readFile } from 'node:fs/promises';
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { anyone } from '../../auth/declared-policies.js';
import { pathOfPackageFile } from '../../package-files.js';
import { version } from '../../version.js';
import type { ApiEnv } from '../env.js';
import { Problem } from '../problems.js';
import { completed, type Document } from './document.js';
import { yamlOf } from './yaml.js';

const SERVED = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
} as const;

const isServed = (file: string): file is keyof typeof SERVED => Object.hasOwn(SERVED, file);

const JSON_TYPE = 'application/json';
const YAML_TYPE = 'application/yaml';
const FORMATS: Readonly<Record<string, string>> = { json: JSON_TYPE, yaml: YAML_TYPE };
const YAML_NAMES = [YAML_TYPE, 'application/x-yaml', 'text/yaml', 'application/vnd.oai.openapi'];
const JSON_NAMES = [JSON_TYPE, 'application/vnd.oai.openapi+json', 'application/*', '*/*'];

/** Which form of the document is asked for: by `format`, or else by the Accept header. */
function typeAsked(context: Context<ApiEnv>): string | undefined {
  const format = context.req.query('format');
  if (format !== undefined) return FORMATS[format];
  const none = '';
  const type = accepts(context, {
    ...{ header: 'Accept', supports: [JSON_TYPE, YAML_TYPE], default: JSON_TYPE },
    match: (wanted) => {
      const names = [...wanted].sort((a, b) => b.q - a.q).map(({ type: name }) => name.toLowerCase());
      const first = names.find((name) => YAML_NAMES.includes(name) || JSON_NAMES.includes(name));
      return first === undefined ? none : YAML_NAMES.includes(first) ? YAML_TYPE : JSON_TYPE;
    },
  });
  return type === none ? undefined : type;
}

/** The OpenAPI 3.1 document, made from the routes themselves. */
export function documentOf(app: OpenAPIHono<ApiEnv>, siteUrl: string): Document {
  const made = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'wearable-exchange',
      version,
      description: 'Consented wearable data: REST as the JupyterHealth Exchange has it, FHIR R5 and R4.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: siteUrl }],
  });
  return completed(made as unknown as Document);
}

/** The OpenAPI document of all routes, and Swagger UI served from here, without inline script. */
export function addSchemaRoutes(app: OpenAPIHono<ApiEnv>, siteUrl: string): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token: of a practitioner’s own making, or from /o/token/',
  });
  // Answered by the pages, since the browser that comes back carries their session.
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/v1/oauth/{provider}/callback',
    security: [],
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
      404: { description: 'no provider has this name' },
      503: { description: 'Open Wearables cannot be reached; the same address works later' },
    },
  });
  app.openAPIRegistry.registerComponent('headers', 'RequestId', {
    description: 'The id under which the log knows this request',
    schema: { type: 'string', format: 'uuid' },
  });
  app.get('/api/schema', anyone, (context) => {
    const type = typeAsked(context);
    if (type === undefined) throw new Problem(406, 'The document is answered as JSON or YAML.');
    const text =
      type === JSON_TYPE ? JSON.stringify(documentOf(app, siteUrl)) : yamlOf(documentOf(app, siteUrl));
    return context.body(text, 200, { 'Content-Type': type });
  });
  app.get('/api/schema/swagger-ui/', anyone, (context) => {
    // Swagger UI draws its icons as data: images and sizes elements with inline styles.
    context.header(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    return context.html(page);
  });
  app.get('/api/schema/swagger-ui', anyone, (context) => context.redirect('/api/schema/swagger-ui/', 308));
  app.get('/api/schema/swagger-ui/:file', anyone, async (context) => {
    const file = context.req.param('file');
    if (file === 'start.js') return context.body(start, 200, { 'Content-Type': 'text/javascript' });
    if (file === 'narrow.css') return context.body(narrow, 200, { 'Content-Type': 'text/css' });
    if (!isServed(file)) return context.notFound();
    const content = await readFile(pathOfPackageFile(`swagger-ui-dist/${file}`));
    return context.body(content, 200, { 'Content-Type': SERVED[file] });
  });
}

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>wearable-exchange API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="swagger-ui.css"><link rel="stylesheet" href="narrow.css"><link rel="icon" href="favicon-32x32.png"></head>
<body><div id="swagger-ui"></div><script src="swagger-ui-bundle.js"></script><script src="start.js"></script></body>
</html>`;

const start = `document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
window.ui = SwaggerUIBundle({ url: '/api/schema', dom_id: '#swagger-ui', deepLinking: true });`;

/** On a phone what is wide (tables of parameters, examples, long addresses) scrolls or breaks inside of the page. */
const narrow = `.swagger-ui .table-container, .swagger-ui .responses-inner { overflow-x: auto; }
.swagger-ui .opblock-description-wrapper { overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { max-width: 100%; }
  .swagger-ui .response-col_links { display: none; }
}
`;
