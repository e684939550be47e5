import { type OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { receiveMessage, type MessageOutcome } from '../db/webhook-messages.js';
import { whereThrown } from '../errors.js';
import { parseJson } from '../open-wearables/http.js';
import { publicRoute } from './declared-routes.js';
import type { ApiEnv, ServerDeps } from './env.js';
import { Problem } from './problems.js';
import { apiRoutes } from './routes.js';
import { isSigned } from './webhook-signature.js';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const event = z.object({ type: z.string(), data: z.object({ user_id: z.uuid() }) });

interface Message {
  readonly id: string;
  readonly body: string;
}

/** No bearer: the signature over the raw body is the proof. */
const webhooks = publicRoute({
  method: 'post',
  path: '/api/v1/ow/webhooks',
  tags: ['open wearables'],
  summary: 'Events of Open Wearables, signed as Standard Webhooks; an event has its patient read soon',
  middleware: [bodyLimit({ maxSize: BODY_LIMIT_BYTES })] as const,
  responses: {
    204: { description: 'received, now or before' },
    401: { description: 'the signature, or the time of signing, does not hold' },
    503: { description: 'the secret is not set' },
  },
});

/** Events only nudge: their content is not read, and polling stays the truth. */
export function webhookRoutes(deps: ServerDeps): OpenAPIHono<ApiEnv> {
  const { sql, settings, orchestration, events } = deps;
  const routes = apiRoutes();
  routes.openapi(webhooks, async (context) => {
    const { 'ow.webhook_secret': secret, 'module.ow': isReading } = await settings.read();
    if (secret === '')
      throw new Problem(503, 'Webhooks are not set up: the setting ow.webhook_secret is empty.');
    const message = verified(secret, context.req.header(), await context.req.text());
    if (message === undefined) throw new Problem(401, 'The signature does not hold.');
    const outcome = await received(message);
    if (outcome.kind === 'nudge' && isReading) await nudge(outcome.patientId);
    events.webhookReceived({ outcome: outcome.kind });
    return context.body(null, 204);
  });
  return routes;

  /** A sync that starts has brought nothing yet; its end, and each kind of data it brings, is told as well. */
  async function received({ id, body }: Message): Promise<MessageOutcome | { readonly kind: 'ignored' }> {
    const { data: told } = event.safeParse(parseJson(body));
    if (told === undefined || told.type === 'sync.started') return { kind: 'ignored' };
    return receiveMessage(sql, id, told.data.user_id);
  }

  /** The patient is due already: without Temporal the next poll reads what this would. */
  async function nudge(patientId: number): Promise<void> {
    await orchestration.nudge(patientId).catch((thrown: unknown) => {
      events.crashed({ where: 'nudge', unexpected: whereThrown(thrown) });
    });
  }
}

/** The message, if it is signed with this secret and signed just now; Svix has header names of its own. */
function verified(
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Message | undefined {
  const header = (name: string) => headers[`webhook-${name}`] ?? headers[`svix-${name}`] ?? '';
  const signed = { id: header('id'), timestamp: header('timestamp'), signatures: header('signature'), body };
  return isSigned(secret, signed, new Date()) ? { id: signed.id, body } : undefined;
}
