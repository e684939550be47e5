import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, connectedUser, createUser, openSandbox, read, readAll } from './client.js';

const AT = '2026-11-20T10:00:00Z';
const FROM = new Date('2026-11-20T09:59:00Z');
const TO = new Date('2026-11-20T10:01:00Z');

describe('steering the outside world', () => {
  it('a placed row is what the API shows; the same source, type and instant again is a correction', async () => {
    await using sandbox = await openSandbox();
    const userId = await createUser(sandbox);
    sandbox.control.addSamples(userId, [{ timestamp: AT, type: 'heart_rate', value: 61.0004 }]);
    sandbox.control.addSamples(userId, [{ timestamp: AT, type: 'heart_rate', value: 64 }]);
    const other = { timestamp: AT, type: 'heart_rate', value: 70, source: { device: 'Gen3' } };
    sandbox.control.addSamples(userId, [other]);
    const values = (await readAll(sandbox, userId, FROM, TO)).map(({ value }) => value);
    expect(values.sort()).toEqual([64, 70]);
  });

  it('a correction outlives a later sync of its stretch, a removed row comes back with it', async () => {
    const now = new Date('2026-11-21T12:00:00Z');
    await using sandbox = await openSandbox({ now: () => now });
    const userId = await connectedUser(sandbox);
    const [first, second] = sandbox.control.samplesOf(userId, { types: ['heart_rate'] });
    if (!first || !second) throw new Error('no history');
    sandbox.control.addSamples(userId, [{ ...first, value: 111 }]);
    expect(
      sandbox.control.removeSamples(userId, ({ timestamp }) => timestamp === second.timestamp),
    ).toBeGreaterThan(0);
    await call(sandbox, `/api/v1/providers/oura/users/${userId}/sync/historical?days=3`, { method: 'POST' });
    const rows = sandbox.control.samplesOf(userId, { types: ['heart_rate'] });
    expect(rows.slice(0, 2)).toEqual([{ ...first, value: 111 }, second]);
  });

  it('a deleted user looks like an empty one, except to a read of the user', async () => {
    await using sandbox = await openSandbox();
    const userId = await connectedUser(sandbox);
    expect(sandbox.control.deleteUser(userId)).toBe(true);
    expect(await readAll(sandbox, userId, new Date(0), new Date())).toEqual([]);
    expect((await call(sandbox, `/api/v1/users/${userId}`)).status).toBe(404);
  });

  it('purging removes the rows and keeps the connection as revoked', async () => {
    await using sandbox = await openSandbox();
    const userId = await connectedUser(sandbox);
    expect(sandbox.control.samplesOf(userId).length).toBeGreaterThan(0);
    await call(sandbox, `/api/v1/users/${userId}/connections/oura/data`, { method: 'DELETE' });
    expect(sandbox.control.samplesOf(userId)).toEqual([]);
    const connections = call(sandbox, `/api/v1/users/${userId}/connections`);
    expect(await read(z.array(z.object({ status: z.string() })), connections)).toEqual([
      { status: 'revoked' },
    ]);
  });

  it('a rotated key makes the old one useless at once', async () => {
    await using sandbox = await openSandbox();
    const key = sandbox.control.rotateKey();
    expect((await call(sandbox, '/api/v1/users')).status).toBe(401);
    const headers = { 'X-Open-Wearables-API-Key': key };
    expect((await call(sandbox, '/api/v1/users', { headers })).status).toBe(200);
  });

  it('a provider that is switched off leaves the enabled ones', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.setProviderEnabled('oura', false);
    const shape = z.array(z.object({ provider: z.string() }));
    const listed = await read(shape, call(sandbox, '/api/v1/oauth/providers?enabled_only=true'));
    expect(listed.map(({ provider }) => provider)).not.toContain('oura');
  });

  it('the log tells what was asked and can be cleared', async () => {
    await using sandbox = await openSandbox();
    await call(sandbox, '/api/v1/users?limit=1&search=a&search=b');
    expect(sandbox.control.requests).toMatchObject([
      { method: 'GET', path: '/api/v1/users', query: { limit: ['1'], search: ['a', 'b'] } },
    ]);
    sandbox.control.requests.clear();
    expect(sandbox.control.requests).toHaveLength(0);
  });

  it('thirty creates at once find one user', async () => {
    await using sandbox = await openSandbox();
    const ids = await Promise.all(Array.from({ length: 30 }, () => createUser(sandbox, 'ow:7')));
    expect(new Set(ids).size).toBe(1);
    expect(sandbox.control.usersByExternalId('ow:7')).toHaveLength(1);
  });
});
