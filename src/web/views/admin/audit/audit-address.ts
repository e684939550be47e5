import { adminPaths } from '../../paths.js';

/** What of the trail is looked at: its filters and the place in it live in the address. */
export interface AuditAsked {
  readonly patient?: number | undefined;
  /** The account that acted. */
  readonly who?: number | undefined;
  /** Days in UTC, both of them included: 2026-11-21. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Only events before this one. */
  readonly before?: number | undefined;
}

export function auditHref(asked: AuditAsked): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) words.set(name, String(value));
  return words.size === 0 ? adminPaths.audit : `${adminPaths.audit}?${words.toString()}`;
}
