import { randomUUID } from 'node:crypto';
import { isoZ } from './instant.js';
import type { Instant } from './instant.js';
import { lastSyncedAt } from './live.js';
import { Crash, Refusal } from './refusal.js';
import { connectionsOf } from './world.js';
import type { User, World } from './world.js';

/** The fields a user is created or changed with; what is left out keeps or gets null. */
export interface UserFields {
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly email?: string | null;
  readonly external_user_id?: string | null;
}

const EXTERNAL_ID_COLUMN = 255;

function requireStorable(externalId: string | null | undefined): void {
  // Postgres refuses both, and the upstream does not catch it.
  if (externalId && (externalId.length > EXTERNAL_ID_COLUMN || externalId.includes('\0'))) throw new Crash();
}

function requireFreeEmail(world: World, email: string | null | undefined, self?: User): void {
  if (email === null || email === undefined) return;
  for (const user of world.users.values()) {
    if (user !== self && user.email === email) throw new Refusal(409, 'User with this email already exists.');
  }
}

export function userByExternalId(world: World, externalId: string): User | undefined {
  for (const user of world.users.values()) if (user.externalUserId === externalId) return user;
  return undefined;
}

/**
 * `POST /users`: creates a user, or finds the one with the same `external_user_id` and ignores the other fields.
 * An e-mail that is taken is a 409 before anything else is looked at.
 */
export function findOrCreateUser(world: World, fields: UserFields): User {
  requireStorable(fields.external_user_id);
  requireFreeEmail(world, fields.email);
  const externalUserId = fields.external_user_id ?? null;
  const known = externalUserId === null ? undefined : userByExternalId(world, externalUserId);
  if (known) return known;
  const [firstName, lastName, email] = [fields.first_name, fields.last_name, fields.email];
  const names = { firstName: firstName ?? null, lastName: lastName ?? null, email: email ?? null };
  const user: User = { id: randomUUID(), createdAt: world.now(), ...names, externalUserId };
  world.users.set(user.id, user);
  world.changed();
  return user;
}

/** `PATCH /users/{id}`. */
export function changeUser(world: World, user: User, fields: UserFields): void {
  requireStorable(fields.external_user_id);
  requireFreeEmail(world, fields.email, user);
  if (fields.first_name !== undefined) user.firstName = fields.first_name;
  if (fields.last_name !== undefined) user.lastName = fields.last_name;
  if (fields.email !== undefined) user.email = fields.email;
  if (fields.external_user_id !== undefined) user.externalUserId = fields.external_user_id;
  world.changed();
}

/** Removes a user with connections, rows and runs. */
export function removeUser(world: World, userId: string): boolean {
  const known = world.users.delete(userId);
  for (const map of [world.connections, world.data, world.patterns]) map.delete(userId);
  for (const run of world.activeRuns) if (run.userId === userId) world.activeRuns.delete(run);
  if (known) world.changed();
  return known;
}

function fieldsOf(user: User) {
  return {
    ...{ id: user.id, created_at: isoZ(user.createdAt) },
    ...{ first_name: user.firstName, last_name: user.lastName, email: user.email },
    external_user_id: user.externalUserId,
  };
}

/** A user as every answer but the list shows it: what is known of syncs is never filled in. */
export function shownUser(user: User) {
  return {
    ...fieldsOf(user),
    last_synced_at: null,
    last_synced_provider: null,
    has_active_connection: false,
  };
}

/** A user with the newest sync of its connections. */
export interface SyncedUser {
  readonly user: User;
  readonly syncedAt: Instant | null;
  readonly provider: string | null;
  readonly active: boolean;
}

export function withSyncs(world: World, user: User): SyncedUser {
  let syncedAt: Instant | null = null;
  let provider: string | null = null;
  const connections = connectionsOf(world, user.id);
  for (const connection of connections) {
    const at = lastSyncedAt(world, connection);
    if (at === null || (syncedAt !== null && at <= syncedAt)) continue;
    syncedAt = at;
    provider = connection.provider;
  }
  return { user, syncedAt, provider, active: connections.some(({ status }) => status === 'active') };
}

/** A user as the list shows it. */
export function listedUser({ user, syncedAt, provider, active }: SyncedUser) {
  return {
    ...fieldsOf(user),
    last_synced_at: syncedAt === null ? null : isoZ(syncedAt),
    last_synced_provider: provider,
    has_active_connection: active,
  };
}
