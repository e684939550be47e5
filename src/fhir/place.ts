import { Refused } from './refused.js';

/** Where a page of a searchset begins: beside this row of its order. */
export interface Place {
  /** What the order is by: a time, or a name. */
  readonly key: string;
  readonly id: number;
  /** What the first page counted; null: not told. */
  readonly total: number | null;
  /** Whether the page is the one before that row, not the one behind it. */
  readonly isBefore: boolean;
}

/** How the page before a row is marked in `_page`. */
const BEFORE = 'before';

/** The text of `_page`, opaque to clients. It holds a position only: what may be read is decided anew for each page. */
export function writePlace({ key, id, total, isBefore }: Place): string {
  const parts = [key, id, total, ...(isBefore ? [BEFORE] : [])];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** The first page is `1`, or nothing at all; every other one is a link that was answered. */
export function readPlace(text: string | undefined): Place | undefined {
  if (text === undefined || text === '1') return undefined;
  const parts = parse(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(parts)) throw refused();
  const [key, id, total, side] = parts as unknown[];
  if (typeof key !== 'string' || key.includes('\0') || !isCount(id) || !(total === null || isCount(total)))
    throw refused();
  if (side !== undefined && side !== BEFORE) throw refused();
  return { key, id, total, isBefore: side === BEFORE };
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
