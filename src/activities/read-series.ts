import { createHash } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import { isKnownPage } from '../db/page-fingerprints.js';
import { storePage, type Coverage, type PageFingerprint } from '../db/pages.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { PageCounts } from '../events.js';
import type { Audit } from './audit.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { attemptJudge } from './judge.js';
import { convertSamples } from './page.js';
import { coverageOf, type ReadWindow } from './page-coverage.js';
import { NOTHING } from './reading.js';
import type { StoreAttempts } from './store.js';
import type { Wanted } from './wanted.js';

/** One window of one request for time series. */
export interface SeriesRead {
  readonly patient: LinkedPatient;
  readonly wanted: Wanted;
  readonly series: readonly string[];
  readonly window: ReadWindow;
  /** Which page of the window it is; null when an earlier attempt read the pages before. */
  readonly page: number | null;
  /** Present when the window is compared with what is stored; else pages that are known are skipped. */
  readonly audit?: Audit;
}

export interface PageRead {
  readonly counts: PageCounts;
  readonly next: string | null;
  /** Halves of a blood pressure whose partner may be on the next page. */
  readonly held: readonly unknown[];
}

/** Changes when samples convert to something else than before, so that known pages are converted again. */
const CONVERSION = 1;

/** Reads pages of `GET /timeseries`; each is stored before the next is asked for. */
export function seriesReader(deps: ActivityDeps, store: StoreAttempts) {
  const { sql, openWearables, events } = deps;
  const judge = attemptJudge(deps);
  return async (
    read: SeriesRead,
    cursor: string | null,
    heldBefore: readonly unknown[],
  ): Promise<PageRead> => {
    const { patient, wanted, series, window, audit } = read;
    const ow = await openWearables();
    const { data, pagination } = await ow.samples({
      ...{ owUserId: patient.owUserId, series, cursor, signal: cancellationSignal() },
      ...window,
    });
    const next = pagination.has_more ? (pagination.next_cursor ?? null) : null;
    if (next !== null && next === cursor) throw new OpenWearablesFailure('LoopingCursor');
    const coverage = coverageOf(data, series, window, next === null);
    const isKnowable = audit === undefined && heldBefore.length === 0 && read.page !== null;
    const remember = isKnowable ? fingerprintOf(read, cursor, data) : undefined;
    if (remember !== undefined && (await isKnownPage(sql, patient.id, remember))) {
      return {
        counts: await passOver(patient.id, data.length, next === null ? coverage : []),
        next,
        held: [],
      };
    }
    const { attempts: converted, held } = convertSamples(data, patient, wanted.dataTypes, heldBefore);
    const attempts = await judge(converted);
    audit?.add(attempts);
    const isClean = held.length === 0 && attempts.length === data.length;
    const counts = await store(
      patient.id,
      attempts,
      {
        identifierSystem: 'ow:normalized',
        coverage,
        ...(isClean && remember !== undefined ? { remember } : {}),
      },
      next === null ? held.length : 0,
    );
    return { counts, next, held };
  };

  /** A page that is stored already only moves the cursors. */
  async function passOver(patientId: number, samples: number, coverage: Coverage[]): Promise<PageCounts> {
    if (coverage.length > 0)
      await storePage(sql, {
        ...{ patientId, identifierSystem: 'ow:normalized', measurements: [], refusals: [], coverage },
      });
    const counts = { ...NOTHING, seen: samples, unchanged: samples };
    events.pageStored({ patientId, ...counts });
    return counts;
  }
}

/** A page has one place, whatever it holds, so that what is remembered of a patient does not grow. */
function fingerprintOf(
  { patient, wanted, series, window, page }: SeriesRead,
  cursor: string | null,
  data: readonly unknown[],
): PageFingerprint {
  const names = wanted.dataTypes.map(({ name }) => name);
  const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest();
  return {
    page: hash([series, page]),
    fingerprint: hash([CONVERSION, names, window.from, cursor, patient.timeZone, data]),
  };
}
