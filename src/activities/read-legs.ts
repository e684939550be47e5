import { activityInfo, heartbeat } from '@temporalio/activity';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { PageCounts } from '../events.js';
import { Audit } from './audit.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadWindow } from './page-coverage.js';
import type { Leg } from './read-plan.js';
import { KINDS, recordsReader } from './read-records.js';
import { seriesReader } from './read-series.js';
import { addPageCounts, NOTHING, readWindows } from './reading.js';
import { attemptStore } from './store.js';
import { feedsOf, type Wanted } from './wanted.js';

/** What to read for a patient. */
export interface LegsRead {
  readonly patient: LinkedPatient;
  readonly wanted: Wanted;
  readonly legs: readonly Leg[];
  /** ISO time. */
  readonly to: string;
  /** Compares each complete window with what is stored. */
  readonly isAudited: boolean;
  /** Asked when a page held something back: ends the read when nothing may be read any more. */
  readonly isStillAllowed: () => Promise<boolean>;
}

/** How far a read came, kept by the server so that the next attempt goes on from there. */
interface Mark {
  readonly leg: number;
  readonly window: number;
  readonly cursor: string | null;
  readonly counts: PageCounts;
}

type Progress = (cursor: string | null, counts: PageCounts) => void;

/** Reads legs one after the other, page by page; an attempt goes on where the one before it stopped. */
export function legsReader(deps: ActivityDeps) {
  const store = attemptStore(deps);
  const readSeriesPage = seriesReader(deps, store);
  const readRecords = recordsReader(deps, store);

  return async (read: LegsRead): Promise<PageCounts> => {
    const mark = activityInfo().heartbeatDetails as Mark | undefined;
    let counts = mark?.counts ?? NOTHING;
    for (const [index, leg] of read.legs.entries()) {
      if (index < (mark?.leg ?? 0)) continue;
      const isResumed = index === mark?.leg;
      for (const [number, window] of readWindows(leg.from, read.to).entries()) {
        if (isResumed && number < mark.window) continue;
        const start = isResumed && number === mark.window ? mark.cursor : null;
        const before = counts;
        const tell: Progress = (cursor, soFar) => {
          counts = addPageCounts(before, soFar);
          heartbeat({ leg: index, window: number, cursor, counts } satisfies Mark);
        };
        const goesOn = await readWindow(read, leg, window, start, tell);
        heartbeat({ leg: index, window: number + 1, cursor: null, counts } satisfies Mark);
        if (!goesOn) return counts;
      }
    }
    return counts;
  };

  /** Answers whether reading may go on. */
  async function readWindow(
    read: LegsRead,
    { feeds }: Leg,
    window: ReadWindow,
    start: string | null,
    tell: Progress,
  ): Promise<boolean> {
    const endpoint = read.wanted.endpoints.find((name) => feeds.includes(name));
    const dataTypes = dataTypesOf(read.wanted, feeds);
    // What an earlier attempt saw of the window is not known any more: the next complete read compares it.
    const audit =
      read.isAudited && start === null
        ? new Audit(endpoint === undefined ? 'sample' : KINDS[endpoint], window, dataTypes)
        : undefined;
    let counts = NOTHING;
    if (endpoint !== undefined) {
      counts = await readRecords({ ...read, endpoint, window, ...(audit && { audit }) });
    } else {
      const visited = new Set<string>();
      let cursor = start;
      let held: readonly unknown[] = [];
      let number = 0;
      do {
        const page = await readSeriesPage(
          { ...read, series: feeds, window, page: start === null ? number : null, ...(audit && { audit }) },
          cursor,
          held,
        );
        counts = addPageCounts(counts, page.counts);
        held = page.held;
        cursor = page.next;
        number += 1;
        if (cursor !== null && visited.has(cursor)) throw new OpenWearablesFailure('LoopingCursor');
        if (cursor !== null) visited.add(cursor);
        // A page whose halves wait for the next one is read again by the next attempt.
        if (held.length === 0) tell(cursor, counts);
        if (page.counts.withheld > 0 && !(await read.isStillAllowed())) return false;
      } while (cursor !== null);
    }
    const retired = await audit?.conclude(deps.sql, read.patient.id, () => showsOlder(read, feeds, window));
    tell(null, { ...counts, retired: counts.retired + (retired ?? 0) });
    return true;
  }

  async function showsOlder(
    { patient }: LegsRead,
    feeds: readonly string[],
    { from }: ReadWindow,
  ): Promise<boolean> {
    const ow = await deps.openWearables();
    return ow.showsOlder(patient.owUserId, feeds, from);
  }
}

function dataTypesOf({ dataTypes }: Wanted, feeds: readonly string[]): string[] {
  return dataTypes
    .filter((type) => feedsOf(type).some((feed) => feeds.includes(feed)))
    .map(({ name }) => name);
}
