import { expect, it } from 'vitest';
import { dayAndMonth } from '../../src/web/admin/days.js';
import { daysBefore } from '../../src/web/admin/patient-calendar.js';
import { shortDate } from '../../src/web/components/times.js';

const DAY_MS = 86_400_000;
const days = Array.from({ length: 70 }, (_, index) =>
  new Date(Date.UTC(2026, 7, 1) + index * DAY_MS).toISOString().slice(0, 10),
);
const row = (label: string) => ({
  ...{ label, dataType: label, percent: 1 },
  cells: days.map((date) => ({ date, day: date, state: 'complete' as const })),
});
const calendar = { days, rows: [row('heart_rate'), row('sleep')], percent: 1 };

it('page after page shows every day of every kind once, the newest first', () => {
  const seen: string[] = [];
  for (let before: string | undefined; seen.length < days.length;) {
    const page = daysBefore(calendar, before, 30);
    for (const { cells } of page.rows) expect(cells.map(({ date }) => date)).toEqual(page.days);
    seen.unshift(...page.days);
    [before] = page.days;
  }
  expect(seen).toEqual(days);
});

it('a day before the first one shows the newest page', () => {
  expect(daysBefore(calendar, '2020-01-01', 30).days.at(-1)).toBe(days.at(-1));
});

it('a day is written as any other short date, in every month', () => {
  for (let month = 1; month <= 12; month += 1) {
    const day = `2026-${String(month).padStart(2, '0')}-07`;
    expect(dayAndMonth(day)).toBe(shortDate(new Date(`${day}T12:00:00Z`), 'UTC'));
  }
});
