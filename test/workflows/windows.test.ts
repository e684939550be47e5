import { expect, it } from 'vitest';
import { windowsOf } from '../../src/workflows/windows.js';

it('a span is read newest first, in windows that touch and cover it exactly', () => {
  expect(windowsOf({ from: '2026-01-01T00:00:00Z', to: '2026-01-17T12:00:00Z' }, 7)).toEqual([
    { from: '2026-01-10T12:00:00.000Z', to: '2026-01-17T12:00:00.000Z' },
    { from: '2026-01-03T12:00:00.000Z', to: '2026-01-10T12:00:00.000Z' },
    { from: '2026-01-01T00:00:00.000Z', to: '2026-01-03T12:00:00.000Z' },
  ]);
});

it('a span without length, or one that runs backwards, has no window', () => {
  expect(windowsOf({ from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' }, 7)).toEqual([]);
  expect(windowsOf({ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 7)).toEqual([]);
});
