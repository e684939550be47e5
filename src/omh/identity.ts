import { hash } from 'node:crypto';
import type { SampleSource } from './measurement.js';

/** The name space of every identifier: the URL name space of RFC 9562. */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** A character of a name is at most three bytes. */
const LARGEST_CHARACTER = 3;

/**
 * UUID version 5 of one record: subject, source, data type and record key, and nothing that may change when the
 * upstream corrects a value, merges pages or answers later. Instants in the key are UTC texts.
 *
 * Written out on the platform's one-shot hash, because every sample has a name: a third of the time of package `uuid`.
 */
export function identifierOf(
  subject: string,
  source: SampleSource,
  dataType: string,
  recordKey: readonly string[],
): string {
  const name = JSON.stringify([subject, source, dataType, ...recordKey]);
  const message = Buffer.allocUnsafe(NAMESPACE.length + name.length * LARGEST_CHARACTER);
  NAMESPACE.copy(message);
  const length = NAMESPACE.length + message.write(name, NAMESPACE.length, 'utf8');
  return versionFive(hash('sha1', message.subarray(0, length), 'hex'));
}

/** The first 128 bits of a digest as a UUID, with version and variant in their places. */
function versionFive(digest: string): string {
  const variant = ((parseInt(digest.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  const third = `5${digest.slice(13, 16)}`;
  const fourth = `${variant}${digest.slice(17, 20)}`;
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${third}-${fourth}-${digest.slice(20, 32)}`;
}
