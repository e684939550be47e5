import { isoOffset, parseTime } from './instant.js';
import { Refusal } from './refusal.js';
import type { Position } from './series.js';

const BACKWARD = 'prev_';

/** A place to go on from, and the direction. A cursor is not tied to the query it came from. */
export interface Cursor {
  readonly position: Position;
  readonly backward: boolean;
}

/** `iso|uuid` in urlsafe base64, with `prev_` before it for the way back. */
export function encodeCursor({ at, id }: Position, backward = false): string {
  const text = Buffer.from(`${isoOffset(at)}|${id}`)
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return backward ? BACKWARD + text : text;
}

/** Reads a cursor; anything else is a 400 that repeats it. */
export function decodeCursor(text: string): Cursor {
  const backward = text.startsWith(BACKWARD);
  const encoded = backward ? text.slice(BACKWARD.length) : text;
  const [iso = '', id = '', ...rest] = Buffer.from(encoded, 'base64url').toString('utf8').split('|');
  const sent = parseTime(iso);
  if (!sent || rest.length > 0 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new Refusal(400, `Invalid cursor format: '${text}'. Expected 'timestamp|id'.`);
  }
  return { position: { at: sent.instant, id }, backward };
}
