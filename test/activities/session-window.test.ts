import { expect, it } from 'vitest';
import { throughNight, widened } from '../../src/activities/session-window.js';

const HOUR = 3_600_000;

it('sessions are asked for from two days before the window, since none is longer, to its end', () => {
  const asked = widened({ from: '2026-04-10T06:00:00.000Z', to: '2026-04-11T06:00:00.000001Z' });
  expect(asked).toEqual({ from: '2026-04-08T06:00:00.000Z', to: '2026-04-11T06:00:00.000001Z' });
});

it('a window is read on through the night of its last day, but not into the future nor before its end', () => {
  const end = Date.parse('2026-04-11T00:00:00Z');
  expect(throughNight(end, end + 100 * HOUR)).toBe(end + 22 * HOUR);
  expect(throughNight(end, end + 3 * HOUR)).toBe(end + 3 * HOUR);
  expect(throughNight(end, end - 3 * HOUR)).toBe(end);
});
