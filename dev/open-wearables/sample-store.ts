import { byPosition, Series } from './series.js';
import type { Position, Window } from './series.js';
import type { Sample } from './sample.js';

export interface Stored {
  readonly inserted: number;
  readonly updated: number;
}

const EVER: Window = { from: -Infinity, to: Infinity };

/** All time series rows of one user: one ordered series a data type, merged when a window asks for several. */
export class SampleStore {
  private readonly series = new Map<string, Series>();

  upsert(samples: Iterable<Sample>): Stored {
    let inserted = 0;
    let updated = 0;
    for (const sample of samples) {
      if (this.of(sample.type).upsert(sample)) inserted += 1;
      else updated += 1;
    }
    return { inserted, updated };
  }

  /** Removes the unwanted rows; of all types and all times unless some are named. */
  remove(unwanted: (sample: Sample) => boolean, types: readonly string[] = [], window = EVER): Sample[] {
    return this.asked(types).flatMap((series) => series.remove(unwanted, window));
  }

  types(): readonly string[] {
    return [...this.series.keys()];
  }

  count(types: readonly string[], window: Window): number {
    return this.asked(types).reduce((sum, series) => sum + series.count(window), 0);
  }

  forward(types: readonly string[], window: Window, limit: number, after?: Position): readonly Sample[] {
    const rows = this.asked(types).flatMap((series) => series.forward(window, limit, after));
    return rows.sort(byPosition).slice(0, limit);
  }

  backward(types: readonly string[], window: Window, limit: number, before: Position): readonly Sample[] {
    const rows = this.asked(types).flatMap((series) => series.backward(window, limit, before));
    return rows.sort(byPosition).slice(-limit);
  }

  /** Every row of the window in order; no types means all. */
  all(types: readonly string[], window: Window): readonly Sample[] {
    return this.forward(types, window, Number.MAX_SAFE_INTEGER);
  }

  private of(type: string): Series {
    const known = this.series.get(type);
    if (known) return known;
    const created = new Series();
    this.series.set(type, created);
    return created;
  }

  private asked(types: readonly string[]): readonly Series[] {
    if (types.length === 0) return [...this.series.values()];
    return [...new Set(types)].flatMap((type) => this.series.get(type) ?? []);
  }
}
