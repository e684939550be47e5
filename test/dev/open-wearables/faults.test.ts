import { describe, expect, it } from 'vitest';
import { call, createUser, openSandbox } from './client.js';

const USERS = { method: 'GET', path: /^\/api\/v1\/users$/ };

/** Waits without a timer of its own until none is pending; the HTTP client drops its last after a second. */
async function timersGone(): Promise<boolean> {
  const deadline = performance.now() + 5000;
  while (performance.now() < deadline) {
    if (!process.getActiveResourcesInfo().includes('Timeout')) return true;
    await new Promise(setImmediate);
  }
  return false;
}

describe('planned faults', () => {
  it('answer as many requests as planned, then the truth comes back', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.faults.failNext(
      USERS,
      { status: 500, body: 'Internal Server Error', contentType: 'text/plain' },
      2,
    );
    const statuses: number[] = [];
    for (let request = 0; request < 3; request += 1)
      statuses.push((await call(sandbox, '/api/v1/users')).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('may be weather: every answer late, and each so-many-th request failing, until it is over', async () => {
    await using sandbox = await openSandbox();
    const { faults } = sandbox.control;
    const asked = async () => {
      const began = performance.now();
      const { status } = await call(sandbox, '/api/v1/users');
      return { status, isLate: performance.now() - began >= 40 };
    };
    faults.setWeather({ delayMs: 50, errorEvery: 2, stallEvery: 100 });
    const met = [await asked(), await asked(), await asked()];
    expect(met.map(({ status }) => status)).toEqual([200, 500, 200]);
    expect(met.every(({ isLate }) => isLate)).toBe(true);
    faults.setWeather(null);
    expect((await asked()).status).toBe(200);
  });

  it('leave other methods and paths alone', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.faults.failNext(USERS, { status: 500 });
    await createUser(sandbox);
    expect((await call(sandbox, '/api/v1/oauth/providers')).status).toBe(200);
    expect((await call(sandbox, '/api/v1/users')).status).toBe(500);
  });

  it('carry headers, as of a rate limit', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.faults.failNext(USERS, { status: 429, headers: { 'retry-after': '7' } });
    expect((await call(sandbox, '/api/v1/users')).headers.get('retry-after')).toBe('7');
  });

  it('cut the connection', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.faults.failNext(USERS, { status: 200, reset: true });
    await expect(call(sandbox, '/api/v1/users')).rejects.toThrow('fetch failed');
  });

  it('cut an answer short', async () => {
    await using sandbox = await openSandbox();
    sandbox.control.faults.failNext(USERS, { status: 200, body: '{"items":[', reset: true });
    const response = await call(sandbox, '/api/v1/users');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('stall until the client gives up, and closing leaves no timer of theirs', async () => {
    const sandbox = await openSandbox();
    sandbox.control.faults.failNext(USERS, { status: 200, delayMs: 60_000 });
    const stalled = call(sandbox, '/api/v1/users', { signal: AbortSignal.timeout(200) });
    await expect(stalled).rejects.toThrow('timeout');
    await sandbox.close();
    expect(await timersGone()).toBe(true);
  });
});
