const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone, as milliseconds that read as UTC. */
function wallClock(at: number, timeZone: string): number {
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, clock);
  return Date.parse(`${clock.format(at).replace(' ', 'T')}Z`);
}

/** The date (YYYY-MM-DD) that a zone has at an instant. */
export function dateAt(at: number, timeZone: string): string {
  return new Date(wallClock(at, timeZone)).toISOString().slice(0, 10);
}

/** When a date begins in a zone; none of the model's zones changes its clocks at midnight. */
export function localMidnight(date: string, timeZone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`);
  const near = wall - (wallClock(wall, timeZone) - wall);
  return near - (wallClock(near, timeZone) - wall);
}

export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
