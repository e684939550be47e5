import { createHash } from 'node:crypto';

/** What the first event is chained to. */
export const BEGINNING = Buffer.alloc(32);

/**
 * The hash of an event: over its fields as text, each with its length in bytes before it, a dash for none, and the hash
 * of the event before. The same as `record_audit_events` of the database makes, made again to check it.
 */
export function hashOf(fields: readonly (string | null)[], previous: Buffer): Buffer {
  const text = [...fields, previous.toString('hex')].map(withLength).join(',');
  return createHash('sha256').update(text, 'utf8').digest();
}

function withLength(field: string | null): string {
  return field === null ? '-' : `${Buffer.byteLength(field, 'utf8')}:${field}`;
}
