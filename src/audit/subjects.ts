import type { AuditSubjects } from '../db/audit-events.js';

const LISTS = ['patients', 'organizations', 'studies', 'invitations', 'deadLetters'] as const;

/** Everybody whom these tell of, each once; of accounts the last. */
export function joined(told: readonly AuditSubjects[]): AuditSubjects {
  const lists = LISTS.map((kind) => [kind, [...new Set(told.flatMap((each) => each[kind] ?? []))]]);
  const account = told.findLast((each) => each.account != null)?.account ?? null;
  return { ...(Object.fromEntries(lists) as AuditSubjects), account };
}
