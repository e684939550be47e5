import { saveCoverage, type CompleteRead, type RecordKind, type ShownReading } from '../db/coverage.js';
import { markMissing, type ShownSince } from '../db/missing.js';
import type { Sql } from '../db/sql.js';
import { isRejected } from '../omh/convert.js';
import { beginOf, type Attempt } from './page.js';
import { timeOf, type ReadWindow } from './page-coverage.js';

/** Fields that tell when a record begins, by the kind of record. */
const TIME_FIELDS = ['timestamp', 'start_time'];

/** Collects everything that a complete read shows, to compare it with what is stored. */
export class Audit {
  readonly #shown: ShownReading[] = [];

  constructor(
    private readonly kind: RecordKind,
    private readonly window: ReadWindow,
    private readonly dataTypes: readonly string[],
  ) {}

  add(attempts: readonly Attempt[]): void {
    for (const attempt of attempts) {
      const at =
        beginOf(attempt) ?? TIME_FIELDS.flatMap((field) => timeOf(attempt.record, field, this.window))[0];
      if (at === undefined) continue;
      const identifier = isRejected(attempt.outcome) ? null : attempt.outcome.identifier;
      this.#shown.push({ dataType: attempt.dataType, at, rows: attempt.rows, identifier });
    }
  }

  /**
   * Remembers how complete each day is, and what is no longer shown. `showsOlder` tells whether Open Wearables shows
   * anything from before the window: if not, what is absent may just have been too old for it to keep.
   */
  async conclude(sql: Sql, patientId: number, showsOlder: () => Promise<boolean>): Promise<number> {
    const { kind, dataTypes } = this;
    const read: CompleteRead = { patientId, kind, dataTypes, ...this.window, shown: this.#shown };
    let { retired, unproven } = await markMissing(sql, read, this.#since());
    if (unproven > 0 && (await showsOlder())) {
      const always = Object.fromEntries(this.dataTypes.map((dataType) => [dataType, '-infinity']));
      ({ retired, unproven } = await markMissing(sql, read, always));
    }
    await saveCoverage(sql, read);
    return retired;
  }

  #since(): ShownSince {
    const since: Record<string, string> = {};
    for (const { dataType, at } of this.#shown) {
      const known = since[dataType];
      if (known === undefined || at < known) since[dataType] = at;
    }
    return since;
  }
}
