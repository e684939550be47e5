import { isFields } from '../omh/fields.js';
import type { ObjectFailure } from './failures.js';

/**
 * The records of an object's text: the items of a page (`{"data": [...]}`), or the one document that was fetched after
 * a webhook.
 */
export function recordsOf(text: string): readonly unknown[] | ObjectFailure {
  const body = parsed(text);
  if (body === undefined) return { failed: 'NotJson' };
  if (!isFields(body)) return { failed: 'NotRecords' };
  return Array.isArray(body['data']) ? (body['data'] as readonly unknown[]) : [body];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
