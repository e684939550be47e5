import { describe, expect, it } from 'vitest';
import type { OpenWearables } from '../../src/open-wearables/client.js';
import { againstSandbox, type Against } from './against.js';

const ANY = { path: /^\/api\/v1\// };
const PATIENTLY_MS = 20_000;

/** Milliseconds between each request that Open Wearables got and the one before. */
function gapsOf({ sandbox }: Against): number[] {
  const times = sandbox.control.requests.map(({ at }) => at.getTime());
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function probes(client: OpenWearables, count: number) {
  return Promise.allSettled(Array.from({ length: count }, () => client.probe()));
}

it('all calls together ask no more often than the pace allows', async () => {
  await using against = await againstSandbox({ requestsPerSecond: 20 });
  const begun = performance.now();
  const outcomes = await probes(against.client, 11);
  expect(performance.now() - begun).toBeGreaterThan(490);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(against.sandbox.control.requests).toHaveLength(11);
});

it('a call that comes after a pause is not kept waiting', async () => {
  await using against = await againstSandbox({ requestsPerSecond: 1 });
  const begun = performance.now();
  await against.client.probe();
  expect(performance.now() - begun).toBeLessThan(900);
});

describe.each([429, 503])('after a %i with Retry-After', (status) => {
  it('nobody asks before the time is over, whoever waits already included', async () => {
    // The second one waits a whole second, within which the first answer comes on any machine.
    await using against = await againstSandbox({ requestsPerSecond: 1, timeoutMs: PATIENTLY_MS });
    against.sandbox.control.faults.failNext(ANY, { status, headers: { 'retry-after': '2' } });
    const outcomes = await probes(against.client, 3);
    expect(outcomes.filter(({ status: outcome }) => outcome === 'rejected')).toHaveLength(1);
    const [rest = 0, ...others] = gapsOf(against);
    expect(rest).toBeGreaterThanOrEqual(1990);
    expect(others.every((gap) => gap >= 980)).toBe(true);
  });

  it('a call that would wait too long fails at once and says when it is worth coming back', async () => {
    await using against = await againstSandbox();
    against.sandbox.control.faults.failNext(ANY, { status, headers: { 'retry-after': '300' } });
    await expect(against.client.probe()).rejects.toMatchObject({ details: { retryAfterMs: 300_000 } });
    const failure: unknown = await against.client.probe().catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind: 'RateLimited', retryable: true });
    const { retryAfterMs } = (failure as { details: { retryAfterMs: number } }).details;
    expect(retryAfterMs).toBeGreaterThan(290_000);
    expect(retryAfterMs).toBeLessThanOrEqual(300_000);
    expect(against.sandbox.control.requests).toHaveLength(1);
  });
});

it('a caller who gives up while waiting is gone at once, and nobody is asked', async () => {
  await using against = await againstSandbox({ requestsPerSecond: 1, timeoutMs: PATIENTLY_MS });
  await against.client.probe();
  const giveUp = new AbortController();
  const asked = against.client.findOrCreateUser('wx:1', giveUp.signal);
  giveUp.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect([against.told, against.sandbox.control.requests.length]).toEqual([[], 1]);
});
