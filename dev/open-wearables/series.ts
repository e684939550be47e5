import type { Instant } from './instant.js';
import type { Sample } from './sample.js';

/** A place in the order of rows: the row itself need not exist. */
export interface Position {
  readonly at: Instant;
  readonly id: string;
}

/** From (inclusive) to (exclusive). */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

export function byPosition(a: Position, b: Position): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function uniqueKey(sample: Sample): string {
  const { provider, device, source } = sample.source;
  return `${sample.at} ${provider} ${device ?? ''} ${source ?? ''}`;
}

/** The rows of one user and one data type, in order, unique by data source and instant. */
export class Series {
  private readonly byKey = new Map<string, Sample>();
  private rows: Sample[] | undefined = [];

  /** Stores a row; a known key takes the new value and keeps its id. Answers whether the key was new. */
  upsert(sample: Sample): boolean {
    const key = uniqueKey(sample);
    const known = this.byKey.get(key);
    const row = known ? { ...sample, id: known.id } : sample;
    this.byKey.set(key, row);
    const last = this.rows?.at(-1);
    if (this.rows && known) this.rows[this.firstNotBefore(row)] = row;
    else if (this.rows && (!last || byPosition(last, row) < 0)) this.rows.push(row);
    else this.rows = undefined;
    return !known;
  }

  /** Removes the unwanted rows of a window. */
  remove(unwanted: (sample: Sample) => boolean, { from, to }: Window): Sample[] {
    const removed = this.ordered().slice(this.firstFrom(from), this.firstFrom(to)).filter(unwanted);
    const gone = new Set(removed);
    for (const sample of removed) this.byKey.delete(uniqueKey(sample));
    if (gone.size > 0) this.rows = this.rows?.filter((row) => !gone.has(row));
    return removed;
  }

  count({ from, to }: Window): number {
    return Math.max(0, this.firstFrom(to) - this.firstFrom(from));
  }

  /** At most `limit` rows of the window, from its start or after a position. */
  forward(window: Window, limit: number, after?: Position): readonly Sample[] {
    const start = Math.max(this.firstFrom(window.from), after ? this.firstAfter(after) : 0);
    return this.ordered().slice(start, Math.min(start + limit, this.firstFrom(window.to)));
  }

  /** At most `limit` rows of the window that lie just before a position, in ascending order. */
  backward(window: Window, limit: number, before: Position): readonly Sample[] {
    const end = Math.min(this.firstFrom(window.to), this.firstNotBefore(before));
    return this.ordered().slice(Math.max(this.firstFrom(window.from), end - limit), Math.max(end, 0));
  }

  ordered(): readonly Sample[] {
    this.rows ??= [...this.byKey.values()].sort(byPosition);
    return this.rows;
  }

  private firstFrom(at: Instant): number {
    return this.search((row) => row.at < at);
  }

  private firstAfter(position: Position): number {
    return this.search((row) => byPosition(row, position) <= 0);
  }

  private firstNotBefore(position: Position): number {
    return this.search((row) => byPosition(row, position) < 0);
  }

  /** The index of the first row that is no longer `smaller` (binary search). */
  private search(smaller: (row: Sample) => boolean): number {
    const rows = this.ordered();
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row && smaller(row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
