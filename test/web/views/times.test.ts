import { expect, it } from 'vitest';
import {
  clockSeconds,
  clockTime,
  longDate,
  shortDate,
  weekdayDate,
} from '../../../src/web/components/times.js';

const at = new Date('2026-09-21T22:04:05Z');

it('writes times and dates in the zone it is told', () => {
  expect(clockTime(at, 'UTC')).toBe('22:04');
  expect(clockTime(at, 'Europe/Madrid')).toBe('00:04');
  expect(clockSeconds(at, 'UTC')).toBe('22:04:05');
  expect(longDate(at, 'UTC')).toBe('21 September 2026');
  expect(longDate(at, 'Europe/Madrid')).toBe('22 September 2026');
  expect(weekdayDate(at, 'UTC')).toBe('Monday 21 September 2026');
  expect(shortDate(at, 'UTC')).toBe('21 Sep');
});
