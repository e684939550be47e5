import { saveCoverage, type CompleteRead, type RecordKind, type ShownReading } from '../db/coverage.js';
import { markMissing, type ShownSince } from '../db/missing.js';
import type { Sql } from '../db/sql.js';
import { isRejected } from '../omh/convert.js';
import { beginOf, type Attempt } from './page.js';
import { timesWithin, type ReadWindow } from './page-coverage.js';
import { widened } from './session-window.js';

/** Fields that tell when a record begins, by the kind of record. */
const TIME_FIELDS = ['timestamp', 'start_time'];

/** Collects everything that a complete read shows, to compare it with what is stored. */
export class Audit {
  readonly #shown: ShownReading[] = [];
  /** What was asked for: sessions that cross the begin of the window, too. */
  readonly #asked: ReadWindow;

  constructor(
    private readonly kind: RecordKind,
    private readonly window: ReadWindow,
    private readonly dataTypes: readonly string[],
  ) {
    this.#asked = kind === 'sleep' || kind === 'workout' ? widened(window) : window;
  }

  add(attempts: readonly Attempt[]): void {
    const timeIn = timesWithin(this.#asked);
    for (const attempt of attempts) {
      const at = beginOf(attempt) ?? TIME_FIELDS.flatMap((field) => timeIn(attempt.record, field) ?? [])[0];
      if (at === undefined) continue;
      const identifier = isRejected(attempt.outcome) ? null : attempt.outcome.identifier;
      this.#shown.push({ dataType: attempt.dataType, at, rows: attempt.rows, identifier, isHeld: false });
    }
  }

  /** Halves of a blood pressure that have no partner: shown, and no measurement. */
  addHeld(halves: readonly unknown[]): void {
    const timeIn = timesWithin(this.window);
    for (const half of halves) {
      const at = timeIn(half, 'timestamp');
      if (at === undefined) continue;
      this.#shown.push({ dataType: 'blood_pressure', at, rows: 1, identifier: null, isHeld: true });
    }
  }

  /**
   * Remembers how complete each day is, and what is no longer shown. `showsOlder` tells whether Open Wearables shows
   * anything from before a time: if not, what is absent may just have been too old for it to keep.
   */
  async conclude(
    sql: Sql,
    patientId: number,
    showsOlder: (before: string) => Promise<boolean>,
  ): Promise<number> {
    const { kind, dataTypes } = this;
    const read: CompleteRead = { patientId, kind, dataTypes, ...this.window, shown: this.#shown };
    const asked = { ...read, ...this.#asked };
    const since = this.#since();
    const { retired, unproven } = await markMissing(sql, asked, since, 'proven');
    const isProven = unproven > 0 && (await showsOlder(asked.from));
    const others = isProven ? (await markMissing(sql, asked, since, 'unproven')).retired : 0;
    await saveCoverage(sql, read);
    return retired + others;
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
