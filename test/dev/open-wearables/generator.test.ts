import { describe, expect, it } from 'vitest';
import { measure, PARTS } from '../../../dev/open-wearables/generator.js';
import type { Part } from '../../../dev/open-wearables/generator.js';
import { DAY, HOUR, instantOfText, isoDate } from '../../../dev/open-wearables/instant.js';

const TO = instantOfText('2026-11-21T12:00:00Z');
const ACCOUNT = { provider: 'oura', id: 'OURA-1' };

function readings(from: number, to: number, id = ACCOUNT.id, seed = 1, parts: readonly Part[] = PARTS) {
  const account = { ...ACCOUNT, id };
  return parts.flatMap((part) => measure(account, seed, part, { from, to }).readings);
}

/** Totals of a day are left out: they are rewritten while the day lasts. */
function sorted(all: ReturnType<typeof readings>) {
  const lasting = all.filter(({ isDailyTotal }) => isDailyTotal === null);
  return lasting.map(({ type, at, value }) => `${at} ${type} ${value}`).sort();
}

describe('a ring', () => {
  it('measures the same again, and otherwise for another account or seed', () => {
    const week = readings(TO - 7 * DAY, TO);
    expect(readings(TO - 7 * DAY, TO)).toEqual(week);
    expect(readings(TO - 7 * DAY, TO, 'OURA-2')).not.toEqual(week);
    expect(readings(TO - 7 * DAY, TO, ACCOUNT.id, 2)).not.toEqual(week);
  });

  it('two stretches that meet give what the whole gives, wherever the cut falls', () => {
    const whole = sorted(readings(TO - 3 * DAY, TO));
    for (let cut = TO - 3 * DAY + 5 * HOUR; cut < TO; cut += 11 * HOUR) {
      const parts = [...readings(TO - 3 * DAY, cut), ...readings(cut, TO)];
      expect(sorted(parts)).toEqual(whole);
    }
  });

  it('gives about 288 heart rates a day, with gaps, at believable values', () => {
    const rates = readings(TO - 90 * DAY, TO).filter(({ type }) => type === 'heart_rate');
    expect(rates.length / 90).toBeGreaterThan(265);
    expect(rates.length / 90).toBeLessThanOrEqual(288);
    expect(Math.min(...rates.map(({ value }) => value))).toBeGreaterThan(38);
    expect(Math.max(...rates.map(({ value }) => value))).toBeLessThan(190);
    expect(new Set(rates.map(({ at }) => at)).size).toBe(rates.length);
  });

  it('beats slower at night than by day', () => {
    const mean = (parts: readonly Part[]) => {
      const rates = readings(TO - 30 * DAY, TO, ACCOUNT.id, 1, parts).filter(
        ({ type }) => type === 'heart_rate',
      );
      return rates.reduce((sum, { value }) => sum + value, 0) / rates.length;
    };
    expect(mean(['heart_rate']) - mean(['sleep'])).toBeGreaterThan(5);
  });

  it('sleeps one main night a day, its stages cover it without a gap', () => {
    const { nights } = measure(ACCOUNT, 1, 'sleep', { from: TO - 30 * DAY, to: TO });
    const main = nights.filter(({ isNap }) => !isNap);
    expect(new Set(main.map(({ end }) => isoDate(end))).size).toBe(30);
    for (const night of nights) {
      const ends = night.stages.map(({ end }) => end);
      expect(night.stages.map(({ start }) => start)).toEqual([night.start, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(night.end);
    }
  });
});
