import { randomUUID } from 'node:crypto';
import { PARTS } from './generator.js';
import { DAY, isoOffset } from './instant.js';
import { vendorHasUntil } from './live.js';
import { providerOf } from './providers.js';
import { pullPart } from './pull.js';
import { Crash, Refusal } from './refusal.js';
import { fails, runsBeside, settle, startRun } from './runs.js';
import { connectionOf } from './world.js';
import type { Connection, World } from './world.js';

/** The sync triggers: what they queue, and how little they check. */

function activeConnection(world: World, userId: string, provider: string): Connection | undefined {
  const connection = connectionOf(world, userId, provider);
  return connection?.status === 'active' && connection.account ? connection : undefined;
}

/** Other users who connected the same vendor account get a run of their own. */
function linkedConnections(world: World, connection: Connection): Connection[] {
  return [...world.connections.values()].flat().filter((other) => {
    const same = other.provider === connection.provider && other.account?.id === connection.account?.id;
    return same && other.userId !== connection.userId && other.status === 'active';
  });
}

function startLive(world: World, connection: Connection, primaryUserId?: string): void {
  const to = vendorHasUntil(world, connection);
  const source = primaryUserId === undefined ? ('pull' as const) : ('linked_account' as const);
  const window = { from: Math.min(connection.pulledUntil, to), to };
  startRun(world, connection, {
    source,
    ...window,
    durationMs: 0,
    ...(primaryUserId ? { primaryUserId } : {}),
  });
}

/**
 * A live sync: everything since the last one. Beside another run of the same vendor account it is skipped, leaves no
 * run, and still moves `last_synced_at`.
 */
export function queueLive(world: World, userId: string, provider: string) {
  settle(world);
  const connection = activeConnection(world, userId, provider);
  if (connection && runsBeside(world, connection).length > 0) connection.lastSyncedAt = world.now();
  else if (connection) {
    startLive(world, connection);
    for (const linked of linkedConnections(world, connection)) startLive(world, linked, userId);
  }
  const message = `Sync task queued for ${provider}. Check task status for results.`;
  return { success: true, async: true, task_id: randomUUID(), message };
}

/** A history run of a number of days: it heals what is missing and never moves `last_synced_at`. */
export function queueHistorical(world: World, userId: string, provider: string, days: number) {
  const known = providerOf(provider);
  const backfills = known?.callsBack === true;
  if (!known?.pulls && !backfills) {
    throw new Refusal(400, `Provider '${provider}' does not support historical sync.`);
  }
  const reach = backfills ? (known.maxHistoricalDays ?? days) : days;
  const now = world.now();
  const connection = activeConnection(world, userId, provider);
  if (connection) {
    const to = vendorHasUntil(world, connection);
    const durationMs = world.historyRunMs * Math.min(1, reach / world.historyDays);
    startRun(world, connection, { source: 'backfill', from: to - reach * DAY, to, durationMs });
  }
  const answer = { success: true, provider, user_id: userId, task_id: randomUUID() };
  if (backfills) {
    const message = 'Garmin 30-day backfill started. Progress available via backfill/status.';
    return { ...answer, method: 'webhook_backfill', message };
  }
  const message = `Historical sync queued for ${days} days of ${provider} data.`;
  const dates = { start_date: isoOffset(now - days * DAY), end_date: isoOffset(now) };
  return { ...answer, method: 'pull_api', message, days, ...dates };
}

export type DataType = 'all' | 'workouts' | '247';

const BLOCKING_DAYS = 30;

function pullAll(world: World, connection: Connection, dataType: DataType, from: number, to: number) {
  const trouble = world.vendorTrouble.get(connection.provider);
  if (trouble === 'token-dead') throw new Refusal(401, 'Oura authorization expired. Please re-authorize.');
  const counts = new Map<string, number>();
  for (const part of PARTS) {
    const wanted = dataType === 'all' || (part === 'workouts') === (dataType === 'workouts');
    if (!wanted) continue;
    const pulled = fails(trouble, part) ? undefined : pullPart(world, connection, part, { from, to });
    // A workout that is stored already crashes the request itself here.
    if (pulled?.error) throw new Crash();
    counts.set(part, pulled ? pulled.inserted + pulled.updated : 0);
  }
  return counts;
}

/** `async=false`: the request does the work. "Success" means that no count is zero. */
export function syncNow(
  world: World,
  userId: string,
  provider: string,
  dataType: DataType,
  from?: number,
  to?: number,
) {
  const known = providerOf(provider);
  if (!known?.pulls && dataType === '247') {
    throw new Refusal(501, `Provider '${provider}' does not support 247 data (sleep/recovery/activity)`);
  }
  if (!known?.pulls) throw new Crash();
  const connection = activeConnection(world, userId, provider);
  if (!connection) throw new Refusal(401, `User not connected to ${provider}`);
  const until = to ?? vendorHasUntil(world, connection);
  const counts = pullAll(world, connection, dataType, from ?? until - BLOCKING_DAYS * DAY, until);
  const { workouts, ...rest } = Object.fromEntries(counts);
  const details = {
    ...(workouts === undefined ? {} : { workouts }),
    ...(dataType === 'workouts' ? {} : { data_247: rest }),
  };
  return { success: [...counts.values()].every((count) => count > 0), details };
}
