import type { PageCounts } from '../events.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import { Audit } from './audit.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadWindow } from './page-coverage.js';
import { KINDS, recordsReader } from './read-records.js';
import { seriesReader } from './read-series.js';
import { addPageCounts, NOTHING } from './reading.js';
import { attemptStore } from './store.js';
import { feedsOf, type Wanted } from './wanted.js';

/** One window of series in one request, or of one endpoint. */
export interface WindowRead {
  readonly patient: LinkedPatient;
  readonly wanted: Wanted;
  readonly feeds: readonly string[];
  readonly window: ReadWindow;
  /** Where an earlier attempt stopped; null: at the begin. */
  readonly start: string | null;
  /** Compares the window with what is stored, if it is read from its begin. */
  readonly isAudited: boolean;
  /** Asked when a page held something back: ends the read when nothing may be read any more. */
  readonly isStillAllowed: () => Promise<boolean>;
}

/** Told after each page: where the next one begins, and what became of those so far. */
export type Progress = (cursor: string | null, counts: PageCounts) => void;

/** Reads a window page by page; answers whether reading may go on. */
export function windowReader(deps: ActivityDeps) {
  const store = attemptStore(deps);
  const readSeriesPage = seriesReader(deps, store);
  const readRecords = recordsReader(deps, store);

  return async (read: WindowRead, tell: Progress): Promise<boolean> => {
    const { wanted, feeds, window, start } = read;
    const endpoint = wanted.endpoints.find((name) => feeds.includes(name));
    // What an earlier attempt saw of the window is not known any more: the next complete read compares it.
    const audit =
      read.isAudited && start === null
        ? new Audit(endpoint === undefined ? 'sample' : KINDS[endpoint], window, dataTypesOf(wanted, feeds))
        : undefined;
    let counts = NOTHING;
    if (endpoint !== undefined) {
      counts = await readRecords({ ...read, endpoint, ...(audit && { audit }) });
    } else {
      const visited = new Set<string>();
      let cursor = start;
      let held: readonly unknown[] = [];
      let number = 0;
      do {
        const page = await readSeriesPage(
          { ...read, series: feeds, page: start === null ? number : null, ...(audit && { audit }) },
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
      audit?.addHeld(held);
    }
    const retired = await audit?.conclude(deps.sql, read.patient.id, (before) => showsOlder(read, before));
    tell(null, { ...counts, retired: counts.retired + (retired ?? 0) });
    return true;
  };

  async function showsOlder({ patient, feeds }: WindowRead, before: string): Promise<boolean> {
    const ow = await deps.openWearables();
    return ow.showsOlder(patient.owUserId, feeds, before);
  }
}

function dataTypesOf({ dataTypes }: Wanted, feeds: readonly string[]): string[] {
  return dataTypes
    .filter((type) => feedsOf(type).some((feed) => feeds.includes(feed)))
    .map(({ name }) => name);
}
