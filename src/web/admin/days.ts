import { longDate, shortDate } from '../components/times.js';

/** Noon of a calendar day, so that no time zone moves it. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** `21 Nov`, of a day as YYYY-MM-DD. */
export function dayAndMonth(day: string): string {
  return shortDate(noonOf(day), 'UTC');
}

/** `21 November 2026`, of a day as YYYY-MM-DD. */
export function dayInFull(day: string): string {
  return longDate(noonOf(day), 'UTC');
}
