import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { PARTS } from './generator.js';
import { placeOf, pullPart } from './pull.js';
import { dataOf } from './world.js';
import type { World } from './world.js';

const text = z.string().nullable();
const source = z.object({
  provider: z.string(),
  source: text,
  device: text,
  device_type: text,
  device_name: text,
});

/** What a restart needs: measured rows are not in it, the generator makes them again. */
const stateShape = z.object({
  version: z.literal(1),
  apiKeys: z.array(z.tuple([z.string(), z.object({ name: z.string(), createdAt: z.number() })])),
  users: z.array(
    z.object({
      ...{ id: z.string(), createdAt: z.number() },
      ...{ firstName: text, lastName: text, email: text, externalUserId: text },
    }),
  ),
  connections: z.array(
    z.object({
      ...{ id: z.string(), userId: z.string(), provider: z.string(), createdAt: z.number() },
      account: z.object({ provider: z.string(), id: z.string() }).nullable(),
      ...{ providerUserId: text, scope: text, status: z.enum(['active', 'revoked', 'expired']) },
      ...{ lastSyncedAt: z.number().nullable(), updatedAt: z.number() },
      ...{ pulledFrom: z.number(), pulledUntil: z.number(), ringSyncedAt: z.number() },
    }),
  ),
  patterns: z.array(z.tuple([z.string(), z.enum(['immediate', 'hourly', 'manual'])])),
  placed: z.array(
    z.tuple([
      z.string(),
      z.object({
        ...{ id: z.string(), at: z.number(), type: z.string(), value: z.number(), unit: z.string() },
        ...{ zoneOffset: text, isDailyTotal: z.boolean().nullable(), source },
      }),
    ]),
  ),
});

/** Writes the world beside the file and renames it, so that a killed process leaves the old or the new one. */
export function saveState(world: World, file: string): void {
  const state: z.infer<typeof stateShape> = {
    version: 1,
    apiKeys: [...world.apiKeys],
    users: [...world.users.values()],
    connections: [...world.connections.values()].flat(),
    patterns: [...world.patterns],
    placed: [...world.data].flatMap(([userId, { placed }]) =>
      [...placed.values()].map((row): [string, typeof row] => [userId, row]),
    ),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, JSON.stringify(state));
  renameSync(`${file}.next`, file);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function measureAgain(world: World): void {
  for (const connection of [...world.connections.values()].flat()) {
    const window = { from: connection.pulledFrom, to: connection.pulledUntil };
    for (const part of PARTS) pullPart(world, connection, part, window);
  }
}

/** Fills an empty world from the file; false when there is none. A history run that was under way has ended. */
export function loadState(world: World, file: string): boolean {
  const saved = textOf(file);
  if (saved === undefined) return false;
  const state = stateShape.parse(JSON.parse(saved));
  for (const [key, about] of state.apiKeys) world.apiKeys.set(key, about);
  for (const user of state.users) world.users.set(user.id, user);
  for (const connection of state.connections) {
    const before = world.connections.get(connection.userId) ?? [];
    world.connections.set(connection.userId, [...before, connection]);
  }
  for (const [userId, pattern] of state.patterns) world.patterns.set(userId, pattern);
  for (const [userId, row] of state.placed) {
    const data = dataOf(world, userId);
    data.samples.upsert([row]);
    data.placed.set(placeOf(row), row);
  }
  measureAgain(world);
  return true;
}
