import { Refused } from './refused.js';

/** Where a searchset goes on: behind this row of its order. `total` is what the first page counted; null: not told. */
export interface Place {
  /** What the order is by: a time, or a name. */
  readonly key: string;
  readonly id: number;
  readonly total: number | null;
}

/** The text of `_page`, opaque to clients. It holds a position only: what may be read is decided anew for each page. */
export function writePlace({ key, id, total }: Place): string {
  return Buffer.from(JSON.stringify([key, id, total])).toString('base64url');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** The first page is `1`, or nothing at all; every other one is a link that was answered. */
export function readPlace(text: string | undefined): Place | undefined {
  if (text === undefined || text === '1') return undefined;
  const parts = parse(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(parts)) throw refused();
  const [key, id, total] = parts as unknown[];
  if (typeof key !== 'string' || key.includes('\0') || !isCount(id) || !(total === null || isCount(total)))
    throw refused();
  return { key, id, total };
}

const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$/;

/** As `readPlace`, of an order by time. */
export function readPlaceInTime(text: string | undefined): Place | undefined {
  const place = readPlace(text);
  if (place !== undefined && (!TIME.test(place.key) || Number.isNaN(Date.parse(place.key)))) throw refused();
  return place;
}

const refused = () => new Refused(400, '_page: only a page that a link names can be asked for.');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
