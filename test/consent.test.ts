import { describe, expect, it } from 'vitest';
import { readableNow, type CoveredInterval } from '../src/consent.js';

const HEART_RATE = 'omh:heart-rate:2.0';
const day = (number: number) => new Date(Date.UTC(2026, 3, number));

function interval(changes: Partial<CoveredInterval> = {}): CoveredInterval {
  const standing = { studyId: 1, code: HEART_RATE, provider: 'oura', startsAt: day(10), endsAt: null };
  return { ...standing, extraDataTypes: [], ...changes };
}

describe('what may be read now', () => {
  it('is nothing without an agreement', () => {
    expect(readableNow([], ['oura'])).toBeUndefined();
  });

  it('is nothing when the only agreement has ended', () => {
    expect(readableNow([interval({ endsAt: day(12) })], ['oura'])).toBeUndefined();
  });

  it('is nothing when the agreed wearable is not connected', () => {
    expect(readableNow([interval()], ['garmin'])).toBeUndefined();
  });

  it('leaves out kinds of data whose wearable is not connected', () => {
    const intervals = [interval(), interval({ code: 'omh:step-count:3.0', provider: 'garmin' })];
    expect(readableNow(intervals, ['oura'])?.codes).toEqual([HEART_RATE]);
  });

  it('names each kind and wearable once, however many studies ask for it', () => {
    const intervals = [interval(), interval({ studyId: 2 })];
    expect(readableNow(intervals, ['oura'])).toMatchObject({ codes: [HEART_RATE], providers: ['oura'] });
  });

  it('reaches back as far as the farthest standing agreement', () => {
    const intervals = [interval(), interval({ studyId: 2, startsAt: day(3) })];
    expect(readableNow(intervals, ['oura'])?.from).toEqual(day(3));
  });

  it('reaches over an earlier span of an agreement that stands again, for what came late', () => {
    const intervals = [interval({ startsAt: day(1), endsAt: day(5) }), interval()];
    expect(readableNow(intervals, ['oura'])?.from).toEqual(day(1));
  });

  it.each<[string, Partial<CoveredInterval>]>([
    ['another study', { studyId: 2 }],
    ['another kind of data', { code: 'omh:step-count:3.0' }],
    ['another wearable', { provider: 'garmin' }],
  ])('does not reach back for the sake of %s that was stopped', (_name, other) => {
    const intervals = [interval({ ...other, startsAt: day(1), endsAt: day(5) }), interval()];
    expect(readableNow(intervals, ['oura', 'garmin'])?.from).toEqual(day(10));
  });

  it('is told in one order, however the studies ask', () => {
    const intervals = [
      interval({ code: 'omh:step-count:3.0', provider: 'oura', extraDataTypes: ['distance', 'calories'] }),
      interval({ provider: 'garmin', extraDataTypes: ['calories'] }),
    ];
    expect(readableNow(intervals, ['oura', 'garmin'])).toMatchObject({
      codes: [HEART_RATE, 'omh:step-count:3.0'],
      extraDataTypes: ['calories', 'distance'],
      providers: ['garmin', 'oura'],
    });
  });
});
