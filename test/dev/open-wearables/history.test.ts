import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { connect } from '../../../dev/open-wearables/connections.js';
import { lookAt } from '../../../dev/open-wearables/live.js';
import { shownEvent, shownRun } from '../../../dev/open-wearables/runs.js';
import { findOrCreateUser, listedUser, withSyncs } from '../../../dev/open-wearables/users.js';
import { queueHistorical, queueLive } from '../../../dev/open-wearables/sync.js';
import { createWorld, dataOf } from '../../../dev/open-wearables/world.js';
import type { World } from '../../../dev/open-wearables/world.js';
import { call, connectedUser, openSandbox, read, readAll } from './client.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const ACCOUNT = { provider: 'oura', id: 'OURA-1' };
const EVER = { from: -Infinity, to: Infinity };

/** A world whose run takes a second that passes only when the test says so. */
function worldWithClock() {
  const clock = { ms: 0 };
  const world = createWorld({ now: () => NOW, historyRunMs: 1000, historyDays: 5 });
  Object.assign(world, { tick: () => clock.ms });
  const user = findOrCreateUser(world, { external_user_id: 'ow:1' });
  return { world, user, clock };
}

function countOf(world: World, userId: string, type: string): number {
  lookAt(world, userId);
  return dataOf(world, userId).samples.count([type], EVER);
}

describe('the history run of a connect', () => {
  it('stamps last_synced_at before any row is there', () => {
    const { world, user } = worldWithClock();
    connect(world, user.id, ACCOUNT);
    expect(listedUser(withSyncs(world, user)).last_synced_at).toBe('2026-11-21T12:00:00Z');
    expect(dataOf(world, user.id).samples.types()).toEqual([]);
  });

  it('shows types one after the other, the nights heart rate with the sleep and the daytime heart rate last', () => {
    const { world, user, clock } = worldWithClock();
    connect(world, user.id, ACCOUNT);
    clock.ms = 200;
    expect(countOf(world, user.id, 'steps')).toBe(6);
    expect(countOf(world, user.id, 'resting_heart_rate')).toBe(0);
    clock.ms = 999;
    const nights = countOf(world, user.id, 'heart_rate');
    expect(countOf(world, user.id, 'resting_heart_rate')).toBe(5);
    clock.ms = 1000;
    expect(countOf(world, user.id, 'heart_rate')).toBeGreaterThan(2 * nights);
  });

  it('is a run in progress until its last row, and a success after it', () => {
    const { world, user, clock } = worldWithClock();
    connect(world, user.id, ACCOUNT);
    const [run] = world.runs;
    expect(run && shownRun(run)).toMatchObject({ source: 'backfill', status: 'in_progress', ended_at: null });
    clock.ms = 1000;
    lookAt(world, user.id);
    expect(run && shownRun(run)).toMatchObject({ status: 'success', ended_at: '2026-11-21T12:00:01Z' });
  });

  it('with a failing heart rate ends in success: a zero among the counts is the only trace', () => {
    const { world, user, clock } = worldWithClock();
    world.vendorTrouble.set('oura', 'heart-rate-fails');
    connect(world, user.id, ACCOUNT);
    clock.ms = 1000;
    lookAt(world, user.id);
    const [run] = world.runs;
    expect(run && shownEvent(run)).toMatchObject({
      status: 'success',
      metadata: { params: { data_247: { heart_rate: 0 } } },
    });
  });

  it('stops when the patient disconnects', () => {
    const { world, user, clock } = worldWithClock();
    const connection = connect(world, user.id, ACCOUNT);
    connection.status = 'revoked';
    clock.ms = 1000;
    expect(countOf(world, user.id, 'heart_rate')).toBe(0);
  });
});

describe('sync triggers', () => {
  it('a live sync beside a run of the same account leaves no run and still moves last_synced_at', () => {
    const { world, user } = worldWithClock();
    const connection = connect(world, user.id, ACCOUNT);
    connection.lastSyncedAt = 0;
    queueLive(world, user.id, 'oura');
    expect(world.runs).toHaveLength(1);
    expect(connection.lastSyncedAt).toBe(NOW.getTime() * 1000);
  });

  it('a history run that meets a stored workout ends partial, brings missing rows back and stamps nothing', () => {
    const { world, user, clock } = worldWithClock();
    const connection = connect(world, user.id, ACCOUNT);
    clock.ms = 1000;
    const before = countOf(world, user.id, 'heart_rate');
    dataOf(world, user.id).samples.remove(({ type }) => type === 'heart_rate');
    connection.lastSyncedAt = 1;
    queueHistorical(world, user.id, 'oura', 5);
    clock.ms = 3000;
    expect(countOf(world, user.id, 'heart_rate')).toBe(before);
    expect(world.runs.at(-1) && shownRun(world.runs.at(-1) ?? raise())).toMatchObject({ status: 'partial' });
    expect(connection.lastSyncedAt).toBe(1);
  });
});

function raise(): never {
  throw new Error('no run');
}

describe('reading over HTTP', () => {
  it('pages give every row that is there exactly once, in order', async () => {
    await using sandbox = await openSandbox({ now: () => NOW });
    const userId = await connectedUser(sandbox);
    const from = new Date('2026-11-18T00:00:00Z');
    const rows = await readAll(sandbox, userId, from, new Date('2026-11-21T12:00:01Z'));
    const truth = sandbox.control.samplesOf(userId);
    expect(rows.map(({ timestamp, type, value }) => ({ timestamp, type, value }))).toEqual(
      truth.map(({ timestamp, type, value }) => ({ timestamp, type, value })),
    );
    expect(truth.length).toBeGreaterThan(900);
  });

  it('on the real clock a run ends by itself', async () => {
    await using sandbox = await openSandbox({ historyRunMs: 300 });
    const userId = await connectedUser(sandbox);
    const shape = z.array(z.object({ status: z.string() }));
    const runs = () => read(shape, call(sandbox, `/api/v1/users/${userId}/sync/runs`));
    expect(await runs()).toEqual([{ status: 'in_progress' }]);
    await vi.waitFor(async () => {
      expect(await runs()).toEqual([{ status: 'success' }]);
    }, 5000);
  });
});
