import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { mayReadPatient } from '../auth/policies.js';
import { latestAttempt } from '../db/connect-attempts.js';
import { findPatient } from '../db/patients.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { UpstreamConnection } from '../open-wearables/shapes.js';
import { camelCase } from './casing.js';
import { declareRoutes } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { notAllowed, notFound } from './problems.js';
import { apiRoutes } from './routes.js';
import * as shapes from './shapes.js';
import { refusal } from './upstream-refusals.js';

const status = z.object({
  connections: z.array(z.object({ provider: z.string(), status: z.string() }).loose()),
  connected: z.boolean().openapi({ description: 'true when a connection is active' }),
  error: z.string().optional(),
});

/** What Open Wearables says of a patient's connections, at this moment. */
export function wearableStatusRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, config, orchestration, openWearables } = deps;
  const routes = apiRoutes();

  const read = declareRoutes(sql)('any account', {
    method: 'get',
    path: '/api/v1/patients/{id}/wearable-status',
    tags: ['open wearables'],
    summary: 'Whether a wearable of the patient is connected',
    request: { params: shapes.pathId(40001) },
    responses: {
      200: shapes.json('the connections; `error` when Open Wearables cannot be reached', status),
      404: shapes.problem('unknown patient'),
      500: { description: 'Open Wearables is not configured' },
    },
  });
  routes.openapi(read, async (context) => {
    const patient = await findPatient(sql, context.req.valid('param').id);
    if (patient === undefined) throw notFound('Patient');
    if (!mayReadPatient(context.get('identity'), patient)) throw notAllowed();
    const { owUserId } = patient;
    if (owUserId === null) return context.json({ connections: [], connected: false }, 200);
    const attempt = await latestAttempt(sql, patient.id);
    // Whoever asks has come back from the vendor, perhaps: the workflow looks closer.
    if (attempt?.outcome === null) await orchestration.returned(attempt.id).catch(() => false);
    return context.json(await statusOf(owUserId), 200);
  });
  return routes;

  async function statusOf(owUserId: string): Promise<z.infer<typeof status>> {
    try {
      const connections = await (await openWearables()).connections(owUserId);
      return {
        connections: connections.map(shown),
        connected: connections.some((connection) => connection.status === 'active'),
      };
    } catch (thrown) {
      if (!(thrown instanceof OpenWearablesFailure)) throw thrown;
      if (thrown.kind === 'NotConfigured') throw refusal(500, 'OW integration not configured');
      const isAway = thrown.kind === 'Unreachable' || thrown.kind === 'TimedOut';
      return { connections: [], connected: false, ...(isAway ? { error: 'OW unreachable' } : {}) };
    }
  }

  /** As Open Wearables tells it, but for its address, and for who else has the same account at the vendor. */
  function shown(connection: UpstreamConnection) {
    const told = Object.entries(connection).map(([name, value]): [string, unknown] => [
      camelCase(name),
      value,
    ]);
    const { provider, status } = connection;
    const iconUrl = `${config.SITE_URL}/ow/icons/${provider}`;
    return { ...Object.fromEntries(told), provider, status, iconUrl, linkedUserIds: [] };
  }
}
