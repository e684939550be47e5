import { z } from 'zod';
import { addConnection } from '../../../dev/open-wearables/connections.js';
import { instantOfText } from '../../../dev/open-wearables/instant.js';
import type { Connection, User, World } from '../../../dev/open-wearables/world.js';
import type { Recording } from './recordings.js';

const text = z.string().nullable();

export const userShape = z.object({
  ...{ id: z.string(), created_at: z.string(), first_name: text, last_name: text, email: text },
  ...{ external_user_id: text, last_synced_at: text, last_synced_provider: text },
  has_active_connection: z.boolean(),
});

const listShape = z.object({ items: z.array(userShape), total: z.number() });

const connectionShape = z.object({
  ...{ id: z.string(), provider: z.string(), provider_user_id: text, scope: text },
  ...{ status: z.enum(['active', 'revoked', 'expired']), last_synced_at: text },
  ...{ created_at: z.string(), updated_at: z.string(), linked_user_ids: z.array(z.string()) },
});

/** A user about whom nothing is known but the id. */
export function placeUser(world: World, id: string, fields: Partial<User> = {}): User {
  const names = { firstName: null, lastName: null, email: null, externalUserId: null };
  const user: User = { id, createdAt: 0, ...names, ...fields };
  world.users.set(id, user);
  return user;
}

export function placeRecordedUser(world: World, row: z.infer<typeof userShape>): void {
  placeUser(world, row.id, {
    ...{ createdAt: instantOfText(row.created_at), firstName: row.first_name, lastName: row.last_name },
    ...{ email: row.email, externalUserId: row.external_user_id },
  });
  if (row.last_synced_provider === null || row.last_synced_at === null) return;
  const connection = addConnection(world, row.id, row.last_synced_provider);
  connection.lastSyncedAt = instantOfText(row.last_synced_at);
}

/** The users of a recorded list, and as many more, older and never synced, as its total counts. */
export function placeListedUsers(world: World, recording: Recording): void {
  const { items, total } = listShape.parse(recording.response.body);
  for (const row of items) placeRecordedUser(world, row);
  for (let index = items.length; index < total; index += 1) {
    placeUser(world, `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, { createdAt: index });
  }
}

function placeConnection(world: World, userId: string, row: z.infer<typeof connectionShape>): void {
  const syncedAt = row.last_synced_at === null ? null : instantOfText(row.last_synced_at);
  const fields: Partial<Connection> = {
    ...{ providerUserId: row.provider_user_id, scope: row.scope, status: row.status },
    ...{ lastSyncedAt: syncedAt, updatedAt: instantOfText(row.updated_at) },
  };
  const fixed = { id: row.id, createdAt: instantOfText(row.created_at) };
  Object.assign(addConnection(world, userId, row.provider), fixed, fields);
  for (const other of row.linked_user_ids) {
    placeUser(world, other);
    Object.assign(addConnection(world, other, row.provider), { providerUserId: row.provider_user_id });
  }
}

/** The connections of a recorded list, and the linked ones of other users that it names. */
export function placeConnections(world: World, userId: string, recording: Recording): void {
  const rows = z.array(connectionShape).parse(recording.response.body);
  for (const row of rows) placeConnection(world, userId, row);
}
