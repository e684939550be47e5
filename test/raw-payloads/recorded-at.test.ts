import { describe, expect, it } from 'vitest';
import { isCovered, recordedAt } from '../../src/raw-payloads/recorded-at.js';

const at = (record: unknown) => recordedAt(record, 'Europe/Berlin');
const time = (text: string) => Date.parse(text);

describe('a record that no data type could take was recorded', () => {
  it.each([
    [
      'when its night began',
      { bedtime_start: '2026-11-22T23:10:00+01:00', day: '2026-11-23' },
      '2026-11-22T22:10Z',
    ],
    [
      'when it started',
      { start_datetime: '2026-11-21T07:00:00Z', timestamp: '2026-11-21T09:00:00Z' },
      '2026-11-21T07:00Z',
    ],
    [
      'at the patient’s midnight of its day',
      { day: '2026-11-20', timestamp: '2026-11-21T09:00:00Z' },
      '2026-11-19T23:00Z',
    ],
    ['at its timestamp', { timestamp: '2026-11-21T09:00:00Z' }, '2026-11-21T09:00Z'],
    [
      'at the first of its times that is one',
      { bedtime_start: 'late', day: 'x', timestamp: '2026-11-21T09:00:00Z' },
      '2026-11-21T09:00Z',
    ],
  ])('%s', (_, record, expected) => {
    expect(at(record)).toBe(time(expected));
  });

  it.each([
    ['no record'],
    [null],
    [['2026-11-21T09:00:00Z']],
    [{}],
    [{ timestamp: 'yesterday', day: 'monday' }],
  ])('at no time that it tells: %j', (record) => {
    expect(at(record)).toBeUndefined();
  });
});

describe('what could not be converted is kept', () => {
  const span = {
    ...{ studyId: 1, code: 'a', provider: 'oura', extraDataTypes: [] },
    ...{ startsAt: new Date('2026-11-20T00:00:00Z'), endsAt: new Date('2026-11-22T00:00:00Z') },
  };
  const standing = { ...span, endsAt: null };
  const covered = (spans: Parameters<typeof isCovered>[0], text: string, code: string | undefined = 'a') =>
    isCovered(spans, code, time(text));

  it('from the first moment of what was agreed to the last, and not at its end', () => {
    expect(covered([span], '2026-11-19T23:59:59.999Z')).toBe(false);
    expect(covered([span], '2026-11-20T00:00:00Z')).toBe(true);
    expect(covered([span], '2026-11-21T23:59:59.999Z')).toBe(true);
    expect(covered([span], '2026-11-22T00:00:00Z')).toBe(false);
  });

  it('however late, as long as the agreement stands', () => {
    expect(covered([standing], '2036-01-01T00:00:00Z')).toBe(true);
    expect(covered([standing], '2026-11-19T00:00:00Z')).toBe(false);
  });

  it('for its own code only, and by any one agreement to it', () => {
    expect(covered([span], '2026-11-21T00:00:00Z', 'b')).toBe(false);
    expect(covered([{ ...span, code: 'b' }, span], '2026-11-21T00:00:00Z')).toBe(true);
    expect(isCovered([], 'a', time('2026-11-21T00:00:00Z'))).toBe(false);
  });

  it('without a time as if it were of today: while an agreement stands', () => {
    expect(isCovered([span], 'a', undefined)).toBe(false);
    expect(isCovered([span, standing], 'a', undefined)).toBe(true);
  });
});
