import type { DayCoverage, RecordKind } from '../db/coverage.js';
import type { ClosedDay, MissedDay } from '../db/reconcile.js';

/** Records that are counted together: the series of one data type, or the sessions of an endpoint. */
export interface Countable {
  readonly kind: RecordKind;
  readonly feeds: readonly string[];
  /** The data types they feed. */
  readonly dataTypes: readonly string[];
}

/** Days one after the other. */
export type Days = readonly ClosedDay[];

/** How many records Open Wearables shows of these days; null when it does not say. */
export type Count = (of: Countable, days: Days) => Promise<number | null>;

const WEEK = 7;

/** What complete reads found of closed days. */
export class KnownDays {
  readonly #shown: ReadonlyMap<string, number>;
  readonly #missed: ReadonlySet<string>;

  constructor(coverage: readonly DayCoverage[], missed: readonly MissedDay[]) {
    this.#shown = new Map(coverage.map((row) => [keyOf(row), row.shown]));
    this.#missed = new Set(missed.map(keyOf));
  }

  /** Whether a day was never read completely, or showed less than is stored the last time. */
  isOpen({ kind, dataTypes }: Countable, { day }: ClosedDay): boolean {
    return dataTypes.some((dataType) => {
      const key = keyOf({ dataType, kind, day });
      return !this.#shown.has(key) || this.#missed.has(key);
    });
  }

  /** Whether each data type was shown exactly so many records. */
  showed({ kind, dataTypes }: Countable, days: Days, count: number): boolean {
    return dataTypes.every((dataType) => {
      const shown = days.map(({ day }) => this.#shown.get(keyOf({ dataType, kind, day })) ?? 0);
      return shown.reduce((sum, each) => sum + each, 0) === count;
    });
  }
}

function keyOf({ dataType, kind, day }: Pick<DayCoverage, 'dataType' | 'kind' | 'day'>): string {
  return `${dataType} ${kind} ${day}`;
}

/**
 * Which of these days must be read again. A page of 90 days costs Open Wearables as much as a count of them, and there
 * are hundreds of pages: so one count of all days is compared with what complete reads were shown of them. Where the two
 * are equal nothing is read. Where they differ, halves are counted until the weeks are left that differ. Days that were
 * never read completely are read without counting, and so are those of which something was missing the last time, since
 * only a second complete read makes it an error. When Open Wearables does not count, everything is read.
 *
 * What changes no count (a correction, or a loss that another week's gain makes up for) is not seen: for that everything
 * is read again once a week. A session that goes on for 22 hours after its day has ended is counted and not covered,
 * which costs the read of its week each night.
 */
export async function daysToRead(of: Countable, days: Days, known: KnownDays, count: Count): Promise<Days[]> {
  const toRead: Days[] = [];
  for (const run of runsOf(days, (day) => known.isOpen(of, day))) {
    const [first] = run;
    if (first === undefined || known.isOpen(of, first)) toRead.push(...weeksOf(run));
    else toRead.push(...(await differing(of, run, await count(of, run), known, count)));
  }
  return toRead;
}

async function differing(
  of: Countable,
  days: Days,
  counted: number | null,
  known: KnownDays,
  count: Count,
): Promise<Days[]> {
  if (counted === null) return weeksOf(days);
  if (known.showed(of, days, counted)) return [];
  if (days.length <= WEEK) return [days];
  const middle = Math.floor(days.length / 2);
  const [older, newer] = [days.slice(0, middle), days.slice(middle)];
  const ofOlder = await count(of, older);
  const ofNewer = ofOlder === null ? null : counted - ofOlder;
  return [
    ...(await differing(of, older, ofOlder, known, count)),
    ...(await differing(of, newer, ofNewer, known, count)),
  ];
}

/** Stretches of days that are alike. */
function runsOf(days: Days, isOne: (day: ClosedDay) => boolean): ClosedDay[][] {
  const runs: ClosedDay[][] = [];
  let before: boolean | undefined;
  for (const day of days) {
    const is = isOne(day);
    if (is === before) runs.at(-1)?.push(day);
    else runs.push([day]);
    before = is;
  }
  return runs;
}

/** Stretches of at most so many days. */
export function weeksOf(days: Days, length = WEEK): Days[] {
  const weeks: Days[] = [];
  for (let start = 0; start < days.length; start += length) weeks.push(days.slice(start, start + length));
  return weeks;
}
