import { longDate } from '../components/times.js';

/** Noon of a calendar day, so that no time zone moves it. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `21 Nov`, of a day as YYYY-MM-DD: without a formatter, since a page has a thousand of them. */
export function dayAndMonth(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}`;
}

/** `21 November 2026`, of a day as YYYY-MM-DD. */
export function dayInFull(day: string): string {
  return longDate(noonOf(day), 'UTC');
}
