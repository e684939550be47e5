import { randomUUID } from 'node:crypto';
import type { Account } from './generator/ring.js';
import { DAY, isoOffset, isoZ } from './instant.js';
import { lastSyncedAt } from './live.js';
import { grantedScope, iconUrl, providerOf } from './providers.js';
import { startRun } from './runs.js';
import { connectionOf, connectionsOf, dataOf } from './world.js';
import type { Connection, ConnectionStatus, World } from './world.js';

/** Other users whose active connection reads the same vendor account. */
export function linkedUserIds(world: World, connection: Connection): string[] {
  if (connection.status !== 'active' || connection.providerUserId === null) return [];
  const others = [...world.connections.values()].flat();
  return others
    .filter((other) => other.userId !== connection.userId && other.status === 'active')
    .filter((other) => other.provider === connection.provider)
    .filter((other) => other.providerUserId === connection.providerUserId)
    .map((other) => other.userId);
}

/** A row without a vendor account behind it; `connect` gives it one. */
export function addConnection(world: World, userId: string, provider: string): Connection {
  const now = world.now();
  const connection: Connection = {
    ...{ id: randomUUID(), userId, provider, createdAt: now, updatedAt: now },
    ...{ account: null, providerUserId: null, scope: null, status: 'active', lastSyncedAt: null },
    ...{ pulledFrom: now, pulledUntil: now, ringSyncedAt: now },
  };
  world.connections.set(userId, [...connectionsOf(world, userId), connection]);
  return connection;
}

function startHistory(world: World, connection: Connection): void {
  const longest = providerOf(connection.provider)?.maxHistoricalDays ?? world.historyDays;
  const to = world.now();
  const from = to - Math.min(longest, world.historyDays) * DAY;
  Object.assign(connection, { pulledFrom: from, pulledUntil: to, ringSyncedAt: to });
  startRun(world, connection, { source: 'backfill', from, to, durationMs: world.historyRunMs });
}

/**
 * What a successful callback does: the same row again on a reconnect, `last_synced_at` stamped before any data is
 * there, and the history run started.
 */
export function connect(world: World, userId: string, account: Account): Connection {
  const { provider } = account;
  const known = connectionOf(world, userId, provider);
  const connection = known ?? addConnection(world, userId, provider);
  const hasProfile = world.vendorTrouble.get(provider) !== 'no-profile';
  const habits = providerOf(provider)?.oauth;
  connection.account = account;
  connection.providerUserId = hasProfile ? account.id : null;
  connection.scope = habits ? grantedScope(habits) : null;
  connection.status = 'active';
  connection.updatedAt = world.now();
  connection.lastSyncedAt = world.now();
  world.tell?.('connection.created', { ...told(connection), connected_at: isoOffset(connection.updatedAt) });
  startHistory(world, connection);
  world.changed();
  return connection;
}

/** Changes the status; the row and its data stay. */
export function setStatus(world: World, connection: Connection, status: ConnectionStatus): void {
  connection.status = status;
  connection.updatedAt = world.now();
  if (status === 'revoked') {
    const when = { reason: 'user_disconnected', revoked_at: isoOffset(connection.updatedAt) };
    world.tell?.('connection.revoked', { ...told(connection), ...when });
  }
  world.changed();
}

/** What webhooks say of a connection. */
function told({ userId, provider, id }: Connection) {
  return { user_id: userId, provider, connection_id: id };
}

/** Deletes the rows of one provider; the connection row stays. */
export function purge(world: World, userId: string, provider: string): void {
  const data = dataOf(world, userId);
  data.samples.remove((sample) => sample.source.provider === provider);
  for (const records of [data.sleeps, data.workouts, data.placed]) {
    for (const [key, record] of records) if (record.source.provider === provider) records.delete(key);
  }
  for (const [key, score] of data.scores) if (score.provider === provider) data.scores.delete(key);
}

/** A connection as `GET /users/{id}/connections` shows it. */
export function shownConnection(world: World, connection: Connection) {
  const provider = providerOf(connection.provider);
  const syncedAt = lastSyncedAt(world, connection);
  return {
    ...{ user_id: connection.userId, provider: connection.provider },
    ...{ provider_user_id: connection.providerUserId, provider_username: null, scope: connection.scope },
    ...{ id: connection.id, status: connection.status },
    last_synced_at: syncedAt === null ? null : isoZ(syncedAt),
    ...{ created_at: isoZ(connection.createdAt), updated_at: isoZ(connection.updatedAt) },
    icon_url: iconUrl(connection.provider),
    max_historical_days: provider?.maxHistoricalDays ?? null,
    rest_pull: provider?.pulls ?? false,
    webhook_stream: provider?.streams ?? false,
    webhook_ping: provider?.pings ?? false,
    webhook_callback: provider?.callsBack ?? false,
    live_sync_mode: provider?.liveSync ?? null,
    linked_user_ids: linkedUserIds(world, connection),
  };
}
