import type { Hono } from 'hono';
import { logIn, needsDeveloper } from '../auth.js';
import coverage from '../data/coverage.json' with { type: 'json' };
import eventTypes from '../data/event-types.json' with { type: 'json' };
import seedPresets from '../data/seed-presets.json' with { type: 'json' };
import { isoZ } from '../instant.js';
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';

const WEBHOOKS_OFF =
  'Outgoing webhooks are not enabled (set OUTGOING_WEBHOOKS_ENABLED=true in the backend environment).';

const DEVELOPER_ID = '2b598f83-35bd-4a20-b308-3029830ab4bf';

/** The webhook administration of a server that has webhooks switched off, as they are by default. */
function webhookRoutes(api: Hono, world: World): void {
  api.get('/webhooks/event-types', (context) => context.json(eventTypes));
  api.on(['GET', 'POST'], '/webhooks/endpoints', needsDeveloper(world), () => {
    throw new Refusal(503, WEBHOOKS_OFF);
  });
  api.on(['GET', 'PATCH', 'DELETE'], '/webhooks/endpoints/:endpoint_id', needsDeveloper(world), () => {
    throw new Refusal(503, WEBHOOKS_OFF);
  });
}

/** Sign-in of developers, their view of the keys, and the pages of facts that need no key. */
export function adminRoutes(api: Hono, world: World): void {
  const developer = needsDeveloper(world);
  api.post('/auth/login', async (context) => {
    const form = await context.req.parseBody();
    return context.json(logIn(world, form['username'], form['password']));
  });
  api.get('/developer/api-keys', developer, (context) =>
    context.json(
      [...world.apiKeys].map(([id, { name, createdAt }]) => ({
        ...{ id, name, created_by: DEVELOPER_ID, created_at: isoZ(createdAt) },
      })),
    ),
  );
  api.get('/meta/coverage', (context) => context.json(coverage));
  api.get('/settings/seed/presets', developer, (context) => context.json(seedPresets));
  webhookRoutes(api, world);
}
