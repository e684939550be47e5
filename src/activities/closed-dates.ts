import type { ReadWindow } from './page-coverage.js';

/**
 * The first and the last date (YYYY-MM-DD) of the patient that lie in the window and are over by its end; undefined
 * when there is none. A total of a day that is not over is no total yet.
 */
export function closedDates({ from, to }: ReadWindow, timeZone: string): ReadWindow | undefined {
  // The Swedish way of writing a date is the one of ISO 8601.
  const dates = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const first = dates.format(Date.parse(from));
  const last = dayBefore(dates.format(Date.parse(to)));
  return first <= last ? { from: first, to: last } : undefined;
}

function dayBefore(date: string): string {
  const time = new Date(`${date}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() - 1);
  return time.toISOString().slice(0, 10);
}
