import type { SampleSource } from './measurement.js';
import { paddedLength, sha1 } from './sha1.js';

/** The name space of every identifier: the URL name space of RFC 9562, `6ba7b811-9dad-11d1-80b4-00c04fd430c8`. */
const NAMESPACE = Uint8Array.of(
  ...[0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1],
  ...[0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8],
);

/** A character of a name is at most three bytes. */
const LARGEST_CHARACTER = 3;

const encoder = new TextEncoder();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Room for a name space and a name of so many characters, to hash in place. */
interface Message {
  readonly capacity: number;
  readonly view: DataView;
  readonly name: Uint8Array;
}

const usualMessage = messageFor(512);

/**
 * UUID version 5 of one record: subject, source, data type and record key, and nothing that may change when the
 * upstream corrects a value, merges pages or answers later. Instants in the key are UTC texts.
 */
export function identifierOf(
  subject: string,
  source: SampleSource,
  dataType: string,
  recordKey: readonly string[],
): string {
  const name = JSON.stringify([subject, source, dataType, ...recordKey]);
  const message = name.length <= usualMessage.capacity ? usualMessage : messageFor(name.length);
  const { written } = encoder.encodeInto(name, message.name);
  const [first, second, third, fourth] = sha1(message.view, NAMESPACE.length + written);
  return uuidText(first, (second & 0xffff0fff) | 0x5000, (third & 0x3fffffff) | 0x80000000, fourth);
}

function messageFor(capacity: number): Message {
  const bytes = new Uint8Array(paddedLength(NAMESPACE.length + capacity * LARGEST_CHARACTER));
  bytes.set(NAMESPACE);
  return { capacity, view: new DataView(bytes.buffer), name: bytes.subarray(NAMESPACE.length) };
}

function uuidText(first: number, second: number, third: number, fourth: number): string {
  const head = `${half(first >>> 16)}${half(first)}-${half(second >>> 16)}-${half(second)}`;
  return `${head}-${half(third >>> 16)}-${half(third)}${half(fourth >>> 16)}${half(fourth)}`;
}

/** The low half of a word as four hexadecimal digits. */
function half(word: number): string {
  return `${HEX[(word >>> 8) & 0xff] ?? ''}${HEX[word & 0xff] ?? ''}`;
}
