/** How Open Wearables lays raw payloads out: `<prefix>/<day of the fetch, UTC>/<user>/<12 hex>.json`. */

const DAY_MS = 86_400_000;
/** `/v2/usercollection/sleep`, or with the id of a single document behind it. */
const TRACE = /^\/v2\/usercollection\/([A-Za-z0-9_]+)(?:\/|$)/;

/** The folder of one user's objects of one day. It ends in a slash, so that no other user's folder begins with it. */
export function dayFolder(keyPrefix: string, day: string, owUserId: string): string {
  return `${keyPrefix.replace(/\/+$/, '')}/${day}/${owUserId}/`;
}

/** The calendar day in UTC, `2026-11-21`. */
export function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** A day and how many days later. */
export function dayAfter(day: string, days: number): string {
  return utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** Every day from one to another, both included. */
export function* daysThrough(first: string, last: string): Generator<string> {
  for (let day = first; day <= last; day = dayAfter(day, 1)) yield day;
}

/** The vendor's endpoint that an object's `trace_id` names (`sleep`). The key does not tell it. */
export function endpointOf(traceId: string | undefined): string | undefined {
  return TRACE.exec(traceId ?? '')?.[1];
}
