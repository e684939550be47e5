const DAY_MS = 86_400_000;

/** Noon (UTC) of the day it is now in a zone: a date without a time, to count days on. */
export function today(now: Date, zone: string): Date {
  const date = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(now);
  return new Date(`${date}T12:00:00Z`);
}

export function dateBefore(day: Date, days: number): Date {
  return new Date(day.getTime() - days * DAY_MS);
}
