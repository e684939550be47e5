import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { coverageOfDays, type DayCoverage } from '../db/coverage.js';
import { closedDays, databaseTime, daysWritten, missedDays } from '../db/reconcile.js';
import type { ReconcileFinding, ReconcileRequest } from '../workflows/contract.js';
import { daysToRead, KnownDays, type Count, type Days } from './compare-counts.js';
import { requireLinkedPatient, type LinkedPatient } from './connected-patient.js';
import * as reads from './day-reads.js';
import type { ActivityDeps } from './deps.js';
import { tellProgress } from './progress.js';
import { windowReader } from './read-window.js';
import { readableOf, requireKnownAccount } from './readable-patient.js';
import { agreedDataTypes, wantedFor, type Wanted } from './wanted.js';

/** What was found so far, kept by the server: the next attempt leaves out what was read to its end. */
interface Mark extends Omit<ReconcileFinding, 'daysCompared' | 'daysDiffered'> {
  /** When the first attempt began, by the clock of the database. */
  readonly since: string;
  readonly done: readonly string[];
  readonly differed: readonly string[];
}

/** Every night so many days are read again, whatever their counts are: that finds corrections as well. */
const TRAILING_DAYS = 7;
const NOTHING = { created: 0, amended: 0, retired: 0 };

/**
 * Compares the last closed days of a patient with Open Wearables: the newest, or all when it is deep, by reading them
 * again; the others by their counts, reading those that differ (see `daysToRead`). Does nothing when nothing may be
 * read.
 */
export function patientReconciler(deps: ActivityDeps) {
  const { sql, openWearables } = deps;
  const readWindow = windowReader(deps);

  return async ({ patientId, days, isDeep }: ReconcileRequest): Promise<ReconcileFinding> => {
    const readable = await readableOf(sql, patientId);
    if (readable === undefined) return { daysCompared: 0, daysDiffered: 0, ...NOTHING };
    const patient = await requireLinkedPatient(sql, patientId);
    await requireKnownAccount(await openWearables(), patient);
    const wanted = wantedFor(agreedDataTypes(readable));
    const closed = await closedDays(sql, patientId, days, readable.from);
    const trailing = isDeep ? closed : closed.slice(-TRAILING_DAYS);
    const older = closed.slice(0, closed.length - trailing.length).filter(({ isWhole }) => isWhole);
    const compared = [...older, ...trailing];

    const kept = activityInfo().heartbeatDetails as Mark | undefined;
    let mark: Mark = kept ?? { since: await databaseTime(sql), done: [], differed: [], ...NOTHING };
    const tell = (change: Partial<Mark>) => {
      mark = { ...mark, ...change };
      tellProgress(mark);
    };
    const readAll = async (all: readonly reads.DaysRead[]): Promise<boolean> => {
      for (const read of all) {
        if (mark.done.includes(reads.nameOf(read))) continue;
        tell({});
        if (!(await readDays(patient, read, mark, tell))) return false;
      }
      return true;
    };
    const isComplete =
      (await readAll([...reads.readsOf(wanted, trailing), ...reads.totalsOf(wanted, compared)])) &&
      (await readAll(await olderReads(patient, wanted, older, mark.since)));
    const { created, amended, retired, differed } = mark;
    const daysCompared = isComplete ? compared.length : 0;
    return { daysCompared, daysDiffered: differed.length, created, amended, retired };
  };

  /** Reads days completely, tells what changed, and answers whether reading may go on. */
  async function readDays(
    patient: LinkedPatient,
    read: reads.DaysRead,
    before: Mark,
    tell: (change: Partial<Mark>) => void,
  ): Promise<boolean> {
    const { feeds, dataTypes, days } = read;
    const coverage = await coverageOf(patient.id, days);
    const end = await readWindow(
      {
        ...{ patient, wanted: wantedFor(dataTypes), feeds, window: reads.windowOf(read, Date.now()) },
        ...{ start: null, isAudited: true },
        isStillAllowed: async () => (await readableOf(sql, patient.id)) !== undefined,
      },
      (_cursor, { created, amended, retired }) => {
        tell({
          created: before.created + created,
          amended: before.amended + amended,
          retired: before.retired + retired,
        });
      },
    );
    if (end === 'not allowed') return false;
    const changed = changedDays(coverage, await coverageOf(patient.id, days));
    const written = await daysWritten(sql, patient.id, dataTypes, reads.spanOf(days), before.since);
    tell({
      differed: [...new Set([...before.differed, ...changed, ...written])],
      done: [...before.done, reads.nameOf(read)],
    });
    return true;
  }

  /** What differs of the days that are not read again anyway. */
  async function olderReads(
    { id, owUserId }: LinkedPatient,
    wanted: Wanted,
    older: Days,
    since: string,
  ): Promise<reads.DaysRead[]> {
    const [first] = older;
    if (first === undefined) return [];
    const ow = await openWearables();
    const names = wanted.dataTypes.map(({ name }) => name);
    // What this run missed itself waits for the next one.
    const missed = await missedDays(sql, id, names, first.from, since);
    const known = new KnownDays(await coverageOf(id, older), missed);
    const now = new Date().toISOString();
    const ask = (feeds: readonly string[], from: string, to: string) =>
      ow.count({ owUserId, feeds, from, to, signal: cancellationSignal() });
    const count: Count = async ({ kind, feeds }, days) => {
      const { from, to } = reads.spanOf(days);
      if (kind === 'sample') return ask(feeds, from, to);
      // A session is shown by windows that it ends in: so all from its begin on are counted, less all from its end on.
      const [all, later] = [await ask(feeds, from, now), await ask(feeds, to, now)];
      return all === null || later === null ? null : all - later;
    };
    const differing: reads.DaysRead[] = [];
    for (const each of reads.countablesOf(wanted)) {
      for (const days of await daysToRead(each, older, known, count)) differing.push({ ...each, days });
    }
    return reads.together(differing);
  }

  async function coverageOf(patientId: number, days: Days): Promise<DayCoverage[]> {
    return coverageOfDays(sql, patientId, days[0]?.day ?? '', days.at(-1)?.day ?? '');
  }
}

/** The days whose coverage is another one now. */
function changedDays(before: readonly DayCoverage[], now: readonly DayCoverage[]): string[] {
  const textOf = ({ dataType, kind, day, shown, expected, stored, rejected }: DayCoverage) =>
    JSON.stringify([dataType, kind, day, shown, expected, stored, rejected]);
  const stands = new Set(now.map(textOf));
  return before.filter((row) => !stands.has(textOf(row))).map(({ day }) => day);
}
