import { Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellProgress } from '../../src/activities/progress.js';
import { PulseInterceptor } from '../../src/temporal/pulse-interceptor.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE_MS = 60_000;
const silence = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Runs an activity as a worker does; answers all that the server heard. */
async function heardOf(
  activity: () => Promise<void>,
  info: { readonly heartbeatTimeoutMs?: number; readonly heartbeatDetails?: unknown },
): Promise<unknown[]> {
  const heard: unknown[] = [];
  const environment = new MockActivityEnvironment(info);
  environment.on('heartbeat', (mark: unknown) => heard.push(mark));
  await environment.run(() =>
    new PulseInterceptor(Context.current()).execute({ args: [], headers: {} }, activity),
  );
  return heard;
}

it('an activity that waits for minutes lives, and the server keeps what it told last', async () => {
  const heard = await heardOf(
    async () => {
      tellProgress({ page: 1 });
      tellProgress({ page: 2 });
      await silence(MINUTE_MS);
    },
    { heartbeatTimeoutMs: 20_000 },
  );
  expect(heard.slice(0, 2)).toEqual([{ page: 1 }, { page: 2 }]);
  expect(heard.slice(2)).toEqual(Array.from({ length: 12 }, () => ({ page: 2 })));
});

it('an attempt that has told nothing yet keeps what the one before it told', async () => {
  const before = { heartbeatTimeoutMs: 20_000, heartbeatDetails: { page: 7 } };
  expect(await heardOf(() => silence(6_000).then(() => undefined), before)).toEqual([{ page: 7 }]);
});

it('an activity that has ended, or failed, is not heard of again', async () => {
  const failing = () => Promise.reject(new Error('away'));
  await expect(heardOf(failing, { heartbeatTimeoutMs: 20_000 })).rejects.toThrow('away');
  expect(vi.getTimerCount()).toBe(0);
});

it('an activity of which nobody expects a sign of life gives none', async () => {
  expect(await heardOf(() => silence(MINUTE_MS).then(() => undefined), {})).toEqual([]);
});
