import { randomBytes } from 'node:crypto';
import { PARTS } from './generator.js';
import type { Part } from './generator.js';
import { DAY, isoOffset, isoZ, MILLISECOND } from './instant.js';
import type { Instant } from './instant.js';
import { pullPart } from './pull.js';
import { connectionOf } from './world.js';
import type { Connection, Run, VendorTrouble, World } from './world.js';

export interface RunRequest {
  readonly source: Run['source'];
  readonly from: Instant;
  readonly to: Instant;
  readonly durationMs: number;
  readonly primaryUserId?: string;
}

/** Starts a run; nothing is stored until somebody looks (`settle`). */
export function startRun(world: World, connection: Connection, request: RunRequest): Run {
  const run: Run = {
    id: `pull_${randomBytes(8).toString('hex')}`,
    userId: connection.userId,
    provider: connection.provider,
    source: request.source,
    primaryUserId: request.primaryUserId ?? null,
    startedAt: world.now(),
    startedTick: world.tick(),
    durationMs: request.durationMs,
    ...{ from: request.from, to: request.to, counts: new Map<Part, number>() },
    ...{ done: 0, inserted: 0, updated: 0, workoutsError: null, failed: false, endedAt: null },
  };
  world.runs.push(run);
  world.activeRuns.add(run);
  world.tell?.('sync.started', toldRun(run));
  return run;
}

/** The unfinished runs that read the same vendor account: a live sync is skipped beside them. */
export function runsBeside(world: World, connection: Connection): readonly Run[] {
  const accountId = connection.account?.id;
  return [...world.activeRuns].filter((run) => {
    if (run.provider !== connection.provider) return false;
    const other = connectionOf(world, run.userId, run.provider);
    return run.userId === connection.userId || (accountId !== undefined && other?.account?.id === accountId);
  });
}

/** Whether a vendor in trouble leaves out a part. */
export function fails(trouble: VendorTrouble | undefined, part: Part): boolean {
  if (trouble === 'heart-rate-fails') return part === 'heart_rate';
  return trouble === 'everything-fails' || trouble === 'token-dead' || trouble === 'refresh-refused';
}

function doPart(world: World, run: Run, connection: Connection, part: Part): void {
  const trouble = world.vendorTrouble.get(run.provider);
  if (fails(trouble, part)) {
    // One failed data type leaves no trace but its zero; failed workouts make the run partial.
    run.counts.set(part, 0);
    if (part === 'workouts') run.workoutsError = '500: Oura API error: {"detail":"injected"}';
    if (trouble === 'refresh-refused') connection.status = 'revoked';
    return;
  }
  const { inserted, updated, error } = pullPart(world, connection, part, run);
  run.counts.set(part, inserted + updated);
  run.inserted += inserted;
  run.updated += updated;
  run.workoutsError ??= error;
}

function finish(world: World, run: Run, connection: Connection | undefined): void {
  const took = run.durationMs === 0 ? world.tick() - run.startedTick : run.durationMs;
  world.activeRuns.delete(run);
  run.endedAt = run.startedAt + Math.round(took * MILLISECOND);
  world.tell?.('sync.completed', { ...toldRun(run), status: progressOf(run).status });
  if (!connection || run.failed) return;
  connection.pulledUntil = Math.max(connection.pulledUntil, run.to);
  // Only a live sync moves the stamp, and it does so whatever came of it.
  if (run.source !== 'backfill') connection.lastSyncedAt = run.endedAt;
}

function advance(world: World, run: Run): void {
  const connection = connectionOf(world, run.userId, run.provider);
  if (connection?.status !== 'active') run.failed = true;
  const share = run.durationMs <= 0 ? 1 : (world.tick() - run.startedTick) / run.durationMs;
  const due = Math.min(PARTS.length, Math.floor(share * PARTS.length));
  for (const part of PARTS.slice(run.done, due)) {
    if (connection && !run.failed) doPart(world, run, connection, part);
  }
  run.done = Math.max(run.done, due);
  if (run.done === PARTS.length || run.failed) finish(world, run, connection);
}

/** Lets every unfinished run do what its time allows, and forgets runs after a day. */
export function settle(world: World): void {
  for (const run of world.activeRuns) advance(world, run);
  const oldest = world.now() - DAY;
  while ((world.runs[0]?.startedAt ?? oldest) < oldest) world.runs.shift();
}

function isPartial(run: Run): boolean {
  return run.workoutsError !== null || run.failed;
}

/** `Sync from oura completed · 288 new, 0 updated`; a partial run says `with errors`. */
function messageOf(run: Run): string {
  const errors = isPartial(run) ? ' with errors' : '';
  const counts = run.inserted + run.updated;
  const detail = isPartial(run) && counts === 0 ? '' : ` · ${run.inserted} new, ${run.updated} updated`;
  return `Sync from ${run.provider} completed${errors}${detail}`;
}

function progressOf(run: Run) {
  if (run.endedAt === null) {
    const message = `Fetching data from ${run.provider}`;
    return { stage: 'fetching', status: 'in_progress', message, progress: run.done / PARTS.length };
  }
  const status = isPartial(run) ? 'partial' : 'success';
  return { stage: 'completed', status, message: messageOf(run), progress: 1 };
}

/** What webhooks say of a run. */
function toldRun(run: Run) {
  const { source, provider, inserted, updated } = run;
  const about = { user_id: run.userId, provider, source, run_id: run.id, message: progressOf(run).message };
  return { ...about, items_processed: inserted + updated, metadata: {} };
}

/** A run as `sync/runs` shows it. */
export function shownRun(run: Run) {
  const ended = run.endedAt === null ? null : isoZ(run.endedAt);
  return {
    ...{ run_id: run.id, user_id: run.userId, provider: run.provider, source: run.source },
    ...progressOf(run),
    ...{ items_processed: run.inserted + run.updated, items_total: null, error: null },
    ...{ primary_user_id: run.primaryUserId, started_at: isoZ(run.startedAt) },
    ...{ ended_at: ended, last_update: ended ?? isoZ(run.startedAt) },
  };
}

function workoutsParameters(run: Run) {
  if (run.workoutsError !== null) return { success: false, error: run.workoutsError };
  return { success: run.counts.get('workouts') ?? 0, start_date: isoOffset(run.from), end_date: null };
}

/** The last event of a run as `sync/recent` shows it: the counts by type are the only trace of a failed type. */
export function shownEvent(run: Run) {
  const { last_update, ...rest } = shownRun(run);
  const counts = Object.fromEntries(PARTS.slice(1).map((part) => [part, run.counts.get(part) ?? 0]));
  const totals = run.inserted + run.updated > 0 ? { inserted: run.inserted, updated: run.updated } : {};
  const metadata = {
    is_historical: run.source === 'backfill',
    params: { workouts: workoutsParameters(run), data_247: { success: true, saved: true, ...counts } },
    ...totals,
  };
  const started_at = run.endedAt === null ? rest.started_at : null;
  return { event_id: run.id.replace('pull_', ''), ...rest, metadata, started_at, timestamp: last_update };
}
