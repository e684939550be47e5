import type { Context, Hono } from 'hono';
import { needsKey } from '../auth.js';
import { purge, setStatus, shownConnection } from '../connections.js';
import { lookAt } from '../live.js';
import { oneOf, userIdOf } from '../parameters.js';
import { PROVIDER_KEYS } from '../providers.js';
import { Refusal } from '../refusal.js';
import { connectionOf, connectionsOf } from '../world.js';
import type { Connection, World } from '../world.js';

/** The connection of the path; the text for "never connected" names the user id. */
function connectionAsked(world: World, context: Context): Connection {
  const userId = userIdOf(context);
  const provider = oneOf(context.req.param('provider') ?? '', PROVIDER_KEYS);
  lookAt(world, userId);
  const connection = connectionOf(world, userId, provider);
  if (!connection) throw new Refusal(404, `Connection with ID: ${userId} not found.`);
  return connection;
}

/** `/users/{user_id}/connections`: revoked rows are listed too, an unknown user has none. */
export function connectionRoutes(api: Hono, world: World): void {
  const key = needsKey(world);
  api.get('/users/:user_id/connections', key, (context) => {
    const userId = userIdOf(context);
    lookAt(world, userId);
    return context.json(connectionsOf(world, userId).map((connection) => shownConnection(world, connection)));
  });
  api.delete('/users/:user_id/connections/:provider', key, (context) => {
    const connection = connectionAsked(world, context);
    setStatus(world, connection, 'revoked');
    return context.body(null, 204);
  });
  api.delete('/users/:user_id/connections/:provider/data', key, (context) => {
    const connection = connectionAsked(world, context);
    setStatus(world, connection, 'revoked');
    purge(world, connection.userId, connection.provider);
    return context.body(null, 204);
  });
}
