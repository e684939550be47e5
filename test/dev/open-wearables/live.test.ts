import { describe, expect, it } from 'vitest';
import { connectedUser, openSandbox } from './client.js';

async function connectedAt(start: string) {
  const clock = { now: new Date(start) };
  const sandbox = await openSandbox({ now: () => clock.now, historyDays: 1 });
  const userId = await connectedUser(sandbox);
  const heartRates = (from: string) =>
    sandbox.control
      .samplesOf(userId, { types: ['heart_rate'], from: new Date(from) })
      .map((row) => row.timestamp);
  return { ...sandbox, clock, userId, heartRates };
}

describe('live data', () => {
  it('is visible as soon as its instant has passed', async () => {
    await using world = await connectedAt('2026-11-21T12:00:00Z');
    world.clock.now = new Date('2026-11-21T13:07:00Z');
    const seen = world.heartRates('2026-11-21T12:00:01Z');
    expect(seen.length).toBeGreaterThanOrEqual(12);
    expect(seen.at(-1)).toBe('2026-11-21T13:05:00Z');
  });

  it('comes on the full hour when Open Wearables reads the vendor hourly', async () => {
    await using world = await connectedAt('2026-11-21T12:00:00Z');
    world.control.setSyncPattern(world.userId, 'hourly');
    world.clock.now = new Date('2026-11-21T13:59:00Z');
    expect(world.heartRates('2026-11-21T12:00:01Z').at(-1)).toBe('2026-11-21T13:00:00Z');
  });

  it('waits for the ring when the ring is synced by hand, and then comes with old instants', async () => {
    await using world = await connectedAt('2026-11-21T12:00:00Z');
    world.control.setSyncPattern(world.userId, 'manual');
    world.clock.now = new Date('2026-11-21T20:00:00Z');
    expect(world.heartRates('2026-11-21T12:00:01Z')).toEqual([]);
    world.control.ringSyncs(world.userId, 'oura');
    expect(world.heartRates('2026-11-21T12:00:01Z').length).toBeGreaterThan(80);
  });

  it('rewrites the total of the day while the day lasts', async () => {
    await using world = await connectedAt('2026-11-21T12:00:00Z');
    const steps = () => world.control.samplesOf(world.userId, { types: ['steps'] }).at(-1);
    const noon = steps();
    world.clock.now = new Date('2026-11-21T16:00:00Z');
    const later = steps();
    expect(later).toMatchObject({ timestamp: noon?.timestamp, is_daily_total: true });
    expect(later?.value).toBeGreaterThan(noon?.value ?? Infinity);
  });

  it('ends with the connection', async () => {
    await using world = await connectedAt('2026-11-21T12:00:00Z');
    world.control.setConnection(world.userId, 'oura', { status: 'revoked' });
    world.clock.now = new Date('2026-11-21T20:00:00Z');
    expect(world.heartRates('2026-11-21T12:00:01Z')).toEqual([]);
  });
});
