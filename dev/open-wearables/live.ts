import { PARTS } from './generator.js';
import { HOUR, MINUTE } from './instant.js';
import type { Instant } from './instant.js';
import { pullPart } from './pull.js';
import { fails, runsBeside, settle } from './runs.js';
import { connectionsOf } from './world.js';
import type { Connection, World } from './world.js';

/** Up to when the vendor has what the ring measured. */
export function vendorHasUntil(world: World, connection: Connection): Instant {
  const manual = world.patterns.get(connection.userId) === 'manual';
  return manual ? connection.ringSyncedAt : world.now();
}

/** Up to when Open Wearables has read the vendor without being asked. */
function readUntil(world: World, connection: Connection): Instant {
  switch (world.patterns.get(connection.userId) ?? 'immediate') {
    case 'immediate':
      return Math.floor(world.now() / MINUTE) * MINUTE;
    case 'hourly':
      return Math.floor(world.now() / HOUR) * HOUR;
    case 'manual':
      return connection.ringSyncedAt;
  }
}

function isLive(world: World, connection: Connection): boolean {
  if (connection.status !== 'active' || !connection.account) return false;
  return runsBeside(world, connection).length === 0;
}

/** Stores what came since the last pull, up to an instant; what the vendor fails to give is skipped for good. */
export function catchUp(world: World, connection: Connection, until: Instant): void {
  if (until <= connection.pulledUntil) return;
  const window = { from: connection.pulledUntil, to: until };
  const trouble = world.vendorTrouble.get(connection.provider);
  for (const part of PARTS) if (!fails(trouble, part)) pullPart(world, connection, part, window);
  connection.pulledUntil = until;
  connection.lastSyncedAt = Math.max(connection.lastSyncedAt ?? 0, until);
}

/** Brings one user's rows up to now, as the ring's pattern has it. */
export function lookAt(world: World, userId: string): void {
  settle(world);
  for (const connection of connectionsOf(world, userId)) {
    if (isLive(world, connection)) catchUp(world, connection, readUntil(world, connection));
  }
}

const LIST_STEP = 5 * MINUTE;

/** When a connection was last synced, without storing its rows: the user list asks this of everyone. */
export function lastSyncedAt(world: World, connection: Connection): Instant | null {
  if (!isLive(world, connection)) return connection.lastSyncedAt;
  const step = Math.floor(readUntil(world, connection) / LIST_STEP) * LIST_STEP;
  return step <= connection.pulledUntil
    ? connection.lastSyncedAt
    : Math.max(connection.lastSyncedAt ?? 0, step);
}
