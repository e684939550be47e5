import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  daysOf,
  joined,
  newestWindow,
  shortened,
  spanOf,
  without,
  type Span,
} from '../../src/workflows/windows.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-06-01T00:00:00Z');
const dayOf = (day: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + day * DAY_MS).toISOString();

/** All windows of a span, in the order in which they are read. */
function windowsOf(request: Span): Span[] {
  const { window, older } = newestWindow(request, 7);
  return window === undefined ? [] : [window, ...older.flatMap(windowsOf)];
}

/** A span of whole days of one of three kinds, and the days of each kind that spans cover. */
const span = fc
  .record({
    start: fc.nat(40),
    length: fc.integer({ min: 1, max: 20 }),
    kind: fc.constantFrom('a', 'b', null),
  })
  .map(({ start, length, kind }): Span => {
    const times = { from: dayOf(start), to: dayOf(start + length) };
    return kind === null ? times : { ...times, dataTypes: [kind] };
  });
function daysIn(spans: readonly Span[]): string[] {
  const days = spans.flatMap(({ from, to, dataTypes = [] }) => {
    const starts = Array.from({ length: 70 }, (_, day) => dayOf(day)).filter(
      (day) => day >= from && day < to,
    );
    return starts.map((day) => `${dataTypes.join()} ${day}`);
  });
  return days.sort();
}
const unique = (values: readonly string[]) => [...new Set(values)].sort();

it('a span is read newest first, in windows that touch and cover it exactly', () => {
  expect(windowsOf({ from: '2026-01-01T00:00:00Z', to: '2026-01-17T12:00:00Z' })).toEqual([
    { from: '2026-01-10T12:00:00.000Z', to: '2026-01-17T12:00:00.000Z' },
    { from: '2026-01-03T12:00:00.000Z', to: '2026-01-10T12:00:00.000Z' },
    { from: '2026-01-01T00:00:00.000Z', to: '2026-01-03T12:00:00.000Z' },
  ]);
});

it('a span without length, one that runs backwards and one without a time have no window', () => {
  for (const [from, to] of [
    ['2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['yesterday', '2026-01-01T00:00:00Z'],
  ] as const) {
    expect(windowsOf({ from, to })).toEqual([]);
    expect(spanOf({ from, to }, NOW)).toBeUndefined();
  }
});

it('nothing is asked for beyond the present', () => {
  const future = { from: '2026-05-31T00:00:00Z', to: '2027-01-01T00:00:00+01:00' };
  expect(spanOf(future, NOW)).toMatchObject({ to: '2026-06-01T00:00:00.000Z' });
  expect(spanOf({ ...future, from: '2026-06-01T00:00:00Z' }, NOW)).toBeUndefined();
});

it('joined spans cover the same days, each once, and do not touch', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const result = joined(spans);
      expect(daysIn(result)).toEqual(unique(daysIn(spans)));
      expect(joined(result)).toEqual(result);
      for (const dataTypes of [undefined, ['a'], ['b']]) {
        const ofKind = result.filter((entry) => entry.dataTypes?.join() === dataTypes?.join());
        ofKind.slice(1).forEach(({ to }, index) => {
          expect(to < (ofKind[index]?.from ?? '')).toBe(true);
        });
      }
    }),
  );
});

it('what is left of a span is what the others of its data types do not cover', () => {
  fc.assert(
    fc.property(span, fc.array(span, { maxLength: 8 }), (asked, covered) => {
      const rest = daysIn(without(asked, covered));
      const known = new Set(daysIn(covered));
      expect(rest).toEqual(daysIn([asked]).filter((day) => !known.has(day)));
      expect(daysOf(without(asked, covered))).toBe(rest.length);
    }),
  );
});

it('data types in another order are the same data types, and those who wait are kept apart', () => {
  const times = { from: dayOf(0), to: dayOf(5) };
  expect(
    joined([
      { ...times, dataTypes: ['a', 'b'] },
      { ...times, dataTypes: ['b', 'a', 'b'] },
    ]),
  ).toHaveLength(1);
  expect(joined([times, { ...times, awaitHistoryOf: 'oura' }, { ...times, dataTypes: [] }])).toHaveLength(3);
});

it('spans that only touch are one, and one that lies within another is nothing more', () => {
  const [one, other] = [
    { from: dayOf(0), to: dayOf(5) },
    { from: dayOf(5), to: dayOf(9) },
  ];
  expect(joined([one, other])).toEqual([{ from: dayOf(0), to: dayOf(9) }]);
  expect(
    joined([
      { from: dayOf(0), to: dayOf(9) },
      { from: dayOf(3), to: dayOf(9) },
    ]),
  ).toHaveLength(1);
  expect(without(one, [other])).toEqual([one]);
  expect(without(one, [one])).toEqual([]);
  expect(without(one, [{ from: dayOf(2), to: dayOf(3) }])).toEqual([
    { from: dayOf(3), to: dayOf(5) },
    { from: dayOf(0), to: dayOf(2) },
  ]);
});

it('a span of a week is one window, with nothing older; a window keeps what its span is about', () => {
  const week = { from: dayOf(0), to: dayOf(7), dataTypes: ['a'] };
  expect(newestWindow(week, 7)).toEqual({ window: week, older: [] });
});

it('a span is shortened by what was read with the window after it, and gone when that was all of it', () => {
  const [older, window] = [
    { from: dayOf(0), to: dayOf(7) },
    { from: dayOf(7), to: dayOf(14) },
  ];
  expect(shortened(older, window, dayOf(6))).toEqual([{ from: dayOf(0), to: dayOf(6) }]);
  expect(shortened(older, window, dayOf(0))).toEqual([]);
  expect(shortened(older, window, dayOf(7))).toEqual([older]);
  expect(shortened(older, { ...window, from: dayOf(8) }, dayOf(6))).toEqual([older]);
  expect(shortened(older, { ...window, dataTypes: ['a'] }, dayOf(6))).toEqual([older]);
});
