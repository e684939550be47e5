import { isoOffset, MINUTE, zoneOffset } from './instant.js';
import type { Instant } from './instant.js';
import { localDay, startOfDay } from './generator/ring.js';
import type { Ring } from './generator/ring.js';

/** `2026-11-19T06:46:00.000+02:00`: how the vendor writes the times of its documents. */
export function vendorTime(ring: Ring, at: Instant): string {
  const wall = isoOffset(at + ring.offsetMinutes * MINUTE).slice(0, 19);
  return `${wall}.000${zoneOffset(ring.offsetMinutes)}`;
}

/** The local calendar day, `2026-11-19`. */
export function vendorDay(ring: Ring, at: Instant): string {
  return vendorTime(ring, at).slice(0, 10);
}

/** Local midnight before an instant. */
export function midnightBefore(ring: Ring, at: Instant): Instant {
  return startOfDay(ring, localDay(ring, at));
}
