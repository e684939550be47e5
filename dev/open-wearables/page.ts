import { encodeCursor } from './cursor.js';
import type { Cursor } from './cursor.js';
import type { Position } from './series.js';

/** One page of rows in the order in which they are shown, one row read ahead to know whether more follow. */
export interface PageRequest {
  readonly cursor: Cursor | undefined;
  readonly limit: number;
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly pagination: {
    readonly next_cursor: string | null;
    readonly previous_cursor: string | null;
    readonly has_more: boolean;
    readonly total_count: number;
  };
}

/**
 * Cuts a page out of at most `limit + 1` rows read. A backward page that reaches the start has neither cursor: there
 * is no way forward from it.
 */
export function pageOf<Row extends Position>(
  { cursor, limit }: PageRequest,
  read: readonly Row[],
  totalCount: number,
): Page<Row> {
  const more = read.length > limit;
  const backward = cursor?.backward === true;
  const rows = backward ? read.slice(-limit) : read.slice(0, limit);
  const [first, last] = [rows[0], rows.at(-1)];
  const back = cursor !== undefined && first && (!backward || more);
  return {
    rows,
    pagination: {
      next_cursor: more && last ? encodeCursor(last) : null,
      previous_cursor: back ? encodeCursor(first, true) : null,
      has_more: more,
      total_count: totalCount,
    },
  };
}
