import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { renderCapabilityStatement, smartConfiguration } from '../../fhir/capability.js';
import { version } from '../../version.js';
import { publicRoute } from '../declared-routes.js';
import type { ApiEnv, ServerDeps } from '../env.js';
import { apiRoutes } from '../routes.js';
import { resource } from './answers.js';
import { capabilityBody, fhirErrors, inFhir } from './schemas.js';

const { 406: notAcceptable } = fhirErrors;
const smartBody = z
  .object({ authorization_endpoint: z.url(), token_endpoint: z.url(), capabilities: z.array(z.string()) })
  .loose()
  .openapi('SmartConfiguration');

/** Public and the same for everybody, so that any page may read it and any proxy keep it. */
const discoverable = createMiddleware(async (context, next) => {
  await next();
  context.header('Cache-Control', 'public, max-age=3600');
  context.header('Access-Control-Allow-Origin', '*');
});

/** What a FHIR client asks before it has a token. */
export function discoveryRoutes({ config }: ServerDeps): OpenAPIHono<ApiEnv> {
  const routes = apiRoutes();
  for (const release of ['R5', 'R4'] as const) {
    const metadata = publicRoute({
      method: 'get',
      path: `/FHIR/${release}/metadata`,
      tags: [`FHIR ${release}`],
      summary: 'What this server can do with FHIR',
      middleware: [discoverable],
      responses: { 200: inFhir('a CapabilityStatement', capabilityBody), 406: notAcceptable },
    });
    routes.openapi(metadata, (context) =>
      resource(context, renderCapabilityStatement({ release, siteUrl: config.SITE_URL, version })),
    );
    const smart = publicRoute({
      method: 'get',
      path: `/FHIR/${release}/.well-known/smart-configuration`,
      tags: [`FHIR ${release}`],
      summary: 'Where SMART on FHIR clients sign in',
      middleware: [discoverable],
      responses: {
        200: { description: 'the addresses', content: { 'application/json': { schema: smartBody } } },
      },
    });
    routes.openapi(smart, (context) => context.json(smartConfiguration(config.SITE_URL), 200));
  }
  return routes;
}
