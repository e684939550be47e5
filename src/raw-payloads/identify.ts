import { at, instantToUtc } from '../omh/time-frame.js';
import { orRejected } from '../omh/rejection.js';
import type { ObjectFailure } from './failures.js';
import { endpointOf } from './layout.js';
import type { DescribedObject } from './storage.js';

/** What an object's metadata says it is. */
export interface RawObject {
  readonly endpoint: string;
  /** UTC. When Open Wearables fetched it from the vendor. */
  readonly fetchedAt: string;
}

/** Larger objects are never written by Open Wearables: its own limit. */
export const LARGEST_BYTES = 10 * 1024 * 1024;

const VENDOR = 'oura';

/** What an object in a user's folder is, or why it cannot be read. Its key does not tell the endpoint. */
export function identify(object: DescribedObject, owUserId: string): RawObject | ObjectFailure {
  const { provider = VENDOR, user_id: userId = owUserId, trace_id: traceId } = object.metadata;
  if (provider !== VENDOR || userId !== owUserId) return { failed: 'Misplaced' };
  if (object.size > LARGEST_BYTES) return { failed: 'TooLarge' };
  const endpoint = endpointOf(traceId);
  return endpoint === undefined ? { failed: 'EndpointUnknown' } : { endpoint, fetchedAt: fetchedAt(object) };
}

/** The time of the fetch in the metadata, to the microsecond; else when the object was written, to the second. */
export function fetchedAt({ metadata, modifiedAt }: DescribedObject): string {
  const told = orRejected(() => instantToUtc(at(metadata['timestamp'], 'timestamp')).utc);
  return typeof told === 'string' ? told : modifiedAt.toISOString();
}
