import { afterEach, expect, it, vi } from 'vitest';
import { openTracing, untraced } from '../../src/tracing.js';

afterEach(() => {
  vi.doUnmock('@opentelemetry/sdk-trace-node');
});

it('without an endpoint nothing is traced, nothing is loaded, and workflows have no further code', async () => {
  vi.doMock('@opentelemetry/sdk-trace-node', () => {
    throw new Error('it is not installed');
  });
  expect(await openTracing(undefined)).toBe(untraced);
  expect(untraced.temporal).toBeUndefined();
});

it('with an endpoint and without the optional packages it says so', async () => {
  vi.doMock('@opentelemetry/sdk-trace-node', () => {
    throw new Error('it is not installed');
  });
  await expect(openTracing('http://127.0.0.1:9')).rejects.toMatchObject({ name: 'TracingMissing' });
});
