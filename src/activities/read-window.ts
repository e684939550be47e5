import type { PageCounts } from '../events.js';
import { Audit } from './audit.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import type { ReadWindow } from './page-coverage.js';
import { onePage, pagesAhead, type FetchPage } from './pages-ahead.js';
import { KINDS, recordsReader } from './read-records.js';
import { type Before, type ConvertedPage, seriesReader } from './read-series.js';
import { NO_COUNTS, addCounts } from '../workflows/counts.js';
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
  /** Stores nothing of series that have more than one page. */
  readonly isOnePage?: boolean;
  /** Asked when a page held something back: ends the read when nothing may be read any more. */
  readonly isStillAllowed: () => Promise<boolean>;
}

/** Told after each page: where the next one begins, and what became of those so far. */
export type Progress = (cursor: string | null, counts: PageCounts) => void;

/** `more waits`: there is more than the one page that was to be read; `not allowed`: nothing may be read any more. */
export type WindowEnd = 'read' | 'more waits' | 'not allowed';

/** Reads a window page by page; answers why it ended. */
export function windowReader(deps: ActivityDeps) {
  const store = attemptStore(deps);
  const { fetchPage, convertPage, storePage } = seriesReader(deps, store);
  const readRecords = recordsReader(deps, store);

  return async (read: WindowRead, tell: Progress): Promise<WindowEnd> => {
    const { wanted, feeds, window, start } = read;
    const endpoint = wanted.endpoints.find((name) => feeds.includes(name));
    // What an earlier attempt saw of the window is not known any more: the next complete read compares it.
    const audit =
      read.isAudited && start === null
        ? new Audit(endpoint === undefined ? 'sample' : KINDS[endpoint], window, dataTypesOf(wanted, feeds))
        : undefined;
    let counts = NO_COUNTS;
    if (endpoint !== undefined) {
      counts = await readRecords({ ...read, endpoint, ...(audit && { audit }) });
    } else {
      const series = { ...read, audit };
      let before: Before = { number: start === null ? 0 : null, held: [] };
      // The page ahead is converted as well while the one before it is stored.
      const fetch: FetchPage<ConvertedPage> = async (cursor, signal) => {
        const page = await convertPage(series, await fetchPage(series, cursor, signal), before);
        before = { number: before.number === null ? null : before.number + 1, held: page.held };
        return page;
      };
      for await (const page of read.isOnePage === true ? onePage(fetch) : pagesAhead(fetch, start)) {
        if (read.isOnePage === true && page.next !== null) return 'more waits';
        const stored = await storePage(series, page);
        counts = addCounts(counts, stored);
        // A page whose halves wait for the next one is read again by the next attempt.
        if (page.held.length === 0) tell(page.next, counts);
        if (stored.withheld > 0 && !(await read.isStillAllowed())) return 'not allowed';
      }
      audit?.addHeld(before.held);
    }
    const retired = await audit?.conclude(deps.sql, read.patient.id, (before) => showsOlder(read, before));
    tell(null, { ...counts, retired: counts.retired + (retired ?? 0) });
    return 'read';
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
