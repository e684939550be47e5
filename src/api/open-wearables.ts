import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { ensureAccount } from '../accounts.js';
import { findPatient } from '../db/patients.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { returnAddress } from './return-address.js';
import { apiRoutes } from './routes.js';
import { named, refusal } from './upstream-refusals.js';
import { beginAttempt } from './api-attempt.js';

const failureResponses = {
  500: { description: 'Open Wearables is not configured' },
  502: { description: 'Open Wearables cannot be reached or failed' },
};

const provider = z.object({
  provider: z.string(),
  name: z.string(),
  hasCloudApi: z.boolean(),
  isEnabled: z.boolean(),
  iconUrl: z.string().nullable(),
  liveSyncMode: z.string().nullable(),
  liveSyncConfigurable: z.boolean(),
  dataGranularity: z.unknown(),
});

/** The proxy endpoints of the JupyterHealth Exchange: the key never reaches a browser, upstream texts never do either. */
export function openWearablesRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, config, openWearables } = deps;
  const routes = apiRoutes();
  const route = declareRoutes(sql);

  const users = route('patient', {
    method: 'post',
    path: '/api/v1/ow/users',
    tags: ['open wearables'],
    summary: "Find or create the patient's account at Open Wearables",
    responses: {
      200: {
        description: 'linked',
        content: { 'application/json': { schema: z.object({ owUserId: z.uuid(), created: z.boolean() }) } },
      },
      ...failureResponses,
    },
  });
  routes.openapi(users, async (context) => {
    const patientId = patientIdOf(context);
    const created = (await findPatient(sql, patientId))?.owUserId == null;
    const owUserId = await named(async () => ensureAccount({ sql, openWearables }, patientId));
    return context.json({ owUserId, created }, 200);
  });

  const providers = route('any account', {
    method: 'get',
    path: '/api/v1/ow/providers',
    tags: ['open wearables'],
    summary: 'Wearables that Open Wearables offers',
    responses: {
      200: { description: 'providers', content: { 'application/json': { schema: z.array(provider) } } },
      ...failureResponses,
    },
  });
  routes.openapi(providers, async (context) => {
    const list = await named(async () => (await openWearables()).providers());
    const body = list.map((entry) => ({
      provider: entry.provider,
      name: entry.name,
      hasCloudApi: entry.has_cloud_api,
      isEnabled: entry.is_enabled,
      // Our own copy: Open Wearables is never linked from a patient's browser.
      iconUrl: entry.icon_url == null ? null : `${config.SITE_URL}/ow/icons/${entry.provider}`,
      liveSyncMode: entry.live_sync_mode ?? null,
      liveSyncConfigurable: entry.live_sync_configurable ?? false,
      dataGranularity: entry.data_granularity ?? null,
    }));
    return context.json(body, 200);
  });

  const authorize = route('patient', {
    method: 'get',
    path: '/api/v1/ow/oauth/{provider}/authorize',
    tags: ['open wearables'],
    summary:
      "Where the patient signs in at the vendor; the return address must be on this service's own origin",
    request: {
      params: z.object({ provider: z.string().regex(/^[a-z]{2,32}$/) }),
      query: z.object({ redirect_uri: z.string().optional() }),
    },
    responses: {
      200: {
        description: 'where to send the browser',
        content: {
          'application/json': { schema: z.object({ authorizationUrl: z.url(), state: z.string() }) },
        },
      },
      400: { description: 'unknown provider, foreign return address, or no account yet' },
      ...failureResponses,
    },
  });
  routes.openapi(authorize, async (context) => {
    const target = returnAddress(config.SITE_URL, context.req.valid('query').redirect_uri);
    const patient = await findPatient(sql, patientIdOf(context));
    const owUserId = patient?.owUserId;
    if (patient === undefined || owUserId == null) {
      throw refusal(400, 'User has no Open Wearables account. Call POST /api/v1/ow/users first.');
    }
    const { provider: key } = context.req.valid('param');
    const tokenHash = context.get('tokenHash');
    const answer = await named(async () =>
      beginAttempt(deps, { patientId: patient.id, owUserId, provider: key, returnTo: target, tokenHash }),
    );
    return context.json({ authorizationUrl: answer.authorization_url, state: answer.state }, 200);
  });
  return routes;
}

function patientIdOf(context: Context<ApiEnv>): number {
  const { patientId } = context.get('identity').user;
  if (patientId === null) throw refusal(403, 'Current user is not a patient.');
  return patientId;
}
