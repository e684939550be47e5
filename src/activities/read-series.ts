import { createHash } from 'node:crypto';
import { isKnownPage } from '../db/page-fingerprints.js';
import { storePage as writePage, type Coverage, type PageFingerprint } from '../db/pages.js';
import type { PageCounts } from '../events.js';
import type { Audit } from './audit.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { attemptJudge } from './judge.js';
import { type Attempt, convertSamples } from './page.js';
import { coverageOf, type ReadWindow } from './page-coverage.js';
import type { Paged } from './pages-ahead.js';
import { NO_COUNTS } from '../workflows/counts.js';
import type { PageContext, StoreAttempts } from './store.js';
import type { Wanted } from './wanted.js';

/** One window of one request for time series. */
export interface SeriesRead {
  readonly patient: LinkedPatient;
  readonly wanted: Wanted;
  readonly feeds: readonly string[];
  readonly window: ReadWindow;
  /** Present when the window is compared with what is stored; else pages that are known are skipped. */
  readonly audit?: Audit | undefined;
}

/** A page of `GET /timeseries` as it was shown. */
export interface SeriesPage extends Paged {
  readonly data: readonly unknown[];
}

/** What a page is converted after. */
export interface Before {
  /** Which page of the window it is; null when an earlier attempt read the pages before. */
  readonly number: number | null;
  /** Halves of a blood pressure that the page before held. */
  readonly held: readonly unknown[];
}

/** A page that is ready to be stored; `attempts` null: it is stored already, just as it is. */
export interface ConvertedPage extends SeriesPage {
  readonly attempts: readonly Attempt[] | null;
  /** Halves of a blood pressure whose partner may be on the next page. */
  readonly held: readonly unknown[];
  readonly remember?: PageFingerprint | undefined;
}

/** Changes when samples convert to something else than before, so that known pages are converted again. */
const CONVERSION = 1;

/** Reads of `GET /timeseries`: a page is fetched, converted and stored, each by itself. */
export function seriesReader(deps: ActivityDeps, store: StoreAttempts) {
  const { sql, openWearables, events } = deps;
  const judge = attemptJudge(deps);
  return { fetchPage, convertPage, storePage };

  async function fetchPage(
    { patient, feeds: series, window }: SeriesRead,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<SeriesPage> {
    const ow = await openWearables();
    const query = { owUserId: patient.owUserId, series, cursor, signal, ...window };
    const { data, pagination } = await ow.samples(query);
    return { data, cursor, next: pagination.has_more ? (pagination.next_cursor ?? null) : null };
  }

  async function convertPage(read: SeriesRead, page: SeriesPage, before: Before): Promise<ConvertedPage> {
    const { patient, wanted, audit } = read;
    const isKnowable = audit === undefined && before.held.length === 0 && before.number !== null;
    const remember = isKnowable ? fingerprintOf(read, page, before.number) : undefined;
    if (remember !== undefined && (await isKnownPage(sql, patient.id, remember)))
      return { ...page, attempts: null, held: [] };
    const { attempts, held } = convertSamples(page.data, patient, wanted.dataTypes, before.held);
    return { ...page, attempts: await judge(attempts), held, remember };
  }

  /** Stores what the page shows, with the cursors that it moves; the last page of a window proves all of it. */
  async function storePage(read: SeriesRead, page: ConvertedPage): Promise<PageCounts> {
    const { patient, feeds, window, audit } = read;
    const { data, attempts, held, remember } = page;
    const isLast = page.next === null;
    const coverage = coverageOf(data, feeds, window, isLast);
    if (attempts === null) return passOver(patient.id, data.length, isLast ? coverage : []);
    audit?.add(attempts);
    const isClean = held.length === 0 && attempts.length === data.length;
    const context: PageContext = {
      identifierSystem: 'ow:normalized',
      coverage,
      ...(isClean && remember !== undefined ? { remember } : {}),
    };
    return store(patient.id, attempts, context, isLast ? held.length : 0);
  }

  /** A page that is stored already only moves the cursors. */
  async function passOver(patientId: number, samples: number, coverage: Coverage[]): Promise<PageCounts> {
    if (coverage.length > 0)
      await writePage(sql, {
        ...{ patientId, identifierSystem: 'ow:normalized', measurements: [], refusals: [], coverage },
      });
    const counts = { ...NO_COUNTS, seen: samples, unchanged: samples };
    events.pageStored({ patientId, ...counts });
    return counts;
  }
}

/** A page has one place, whatever it holds, so that what is remembered of a patient does not grow. */
function fingerprintOf(
  { patient, wanted, feeds, window }: SeriesRead,
  { cursor, data }: SeriesPage,
  number: number | null,
): PageFingerprint {
  const names = wanted.dataTypes.map(({ name }) => name);
  const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest();
  return {
    page: hash([feeds, number]),
    fingerprint: hash([CONVERSION, names, window.from, cursor, patient.timeZone, data]),
  };
}
