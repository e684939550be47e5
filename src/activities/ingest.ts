import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { coveredIntervals } from '../db/consents.js';
import { connectionsOf } from '../db/connections.js';
import { storePage } from '../db/pages.js';
import { readableNow } from '../consent.js';
import { NamedError } from '../errors.js';
import type { PageCounts } from '../events.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { Counts } from '../workflows/contract.js';
import { requireLinkedPatient, type LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { convertPage, coverageOf, type ReadWindow } from './page.js';
import { seriesOfCodes } from './series.js';
import { addPageCounts, NOTHING, readWindows, restOfWindows } from './reading.js';

/** What to read for one patient; times are ISO, `to` null means now. */
export interface ReadRequest {
  readonly patientId: number;
  readonly series: readonly string[];
  readonly from: string;
  readonly to: string | null;
}

export interface HistoryRequest {
  readonly patientId: number;
  readonly from: string;
  readonly to: string;
  /** OMH codes; null: everything the patient agreed to. */
  readonly dataTypes: readonly string[] | null;
}

/** How far a read came, kept by the server so that the next attempt goes on from there. */
interface Mark {
  readonly windowFrom: string;
  readonly cursor: string | null;
  readonly counts: PageCounts;
}

const STALE_TRIES = 5;

export function ingestActivities(deps: ActivityDeps) {
  const { sql, openWearables, events, secretBox } = deps;
  return {
    /** Reads everything from `from` on, page by page; each page is stored before the next is asked for. */
    async readSamples(request: ReadRequest): Promise<Counts> {
      const patient = await requireLinkedPatient(sql, request.patientId);
      const to = request.to ?? new Date().toISOString();
      return readSpan(patient, request.series, request.from, to);
    },

    /** Reads a window of the past, as far as consents reach. */
    async readHistory(request: HistoryRequest): Promise<Counts> {
      const readable = await stillReadable(request.patientId);
      if (readable === undefined) return NOTHING;
      const codes = readable.codes.filter((code) => request.dataTypes?.includes(code) ?? true);
      const series = seriesOfCodes(codes);
      const from = readable.from.toISOString() > request.from ? readable.from.toISOString() : request.from;
      if (from >= request.to) return NOTHING;
      return readSpan(await requireLinkedPatient(sql, request.patientId), series, from, request.to);
    },
  };

  async function readSpan(
    patient: LinkedPatient,
    series: readonly string[],
    from: string,
    to: string,
  ): Promise<Counts> {
    // To Open Wearables no series means every series, location included.
    if (series.length === 0) return NOTHING;
    const mark = activityInfo().heartbeatDetails as Mark | undefined;
    let counts = mark?.counts ?? NOTHING;
    for (const window of restOfWindows(readWindows(from, to), mark?.windowFrom)) {
      let cursor = window.from === mark?.windowFrom ? mark.cursor : null;
      const visited = new Set<string>();
      do {
        if (cursor !== null && visited.has(cursor)) throw new OpenWearablesFailure('LoopingCursor');
        if (cursor !== null) visited.add(cursor);
        const page = await readPage(patient, series, window, cursor);
        counts = addPageCounts(counts, page.counts);
        cursor = page.next;
        heartbeat({ windowFrom: window.from, cursor, counts } satisfies Mark);
        if (page.counts.withheld > 0 && (await stillReadable(patient.id)) === undefined) return counts;
      } while (cursor !== null);
    }
    return counts;
  }

  async function readPage(
    patient: LinkedPatient,
    series: readonly string[],
    window: ReadWindow,
    cursor: string | null,
  ): Promise<{ counts: PageCounts; next: string | null }> {
    const ow = await openWearables();
    const { owUserId } = patient;
    const { data, pagination } = await ow.samples({
      owUserId,
      series,
      ...window,
      cursor,
      signal: cancellationSignal(),
    });
    const next = pagination.has_more ? (pagination.next_cursor ?? null) : null;
    const converted = convertPage(data, patient, secretBox);
    const coverage = coverageOf(data, series, window, next === null);
    const stored = await storeUnlessStale(patient.id, { ...converted, coverage });
    const duplicates = data.length - converted.measurements.length - converted.refusals.length;
    const counts = {
      seen: data.length,
      created: stored.created,
      amended: stored.amended,
      unchanged: stored.unchanged + duplicates,
      rejected: converted.refusals.length,
      withheld: stored.withheld,
    };
    if (
      counts.created + counts.amended + counts.unchanged + counts.rejected + counts.withheld !==
      counts.seen
    ) {
      throw new NamedError('PageUnbalanced', 'a page was stored whose counts do not add up to what was seen');
    }
    events.pageStored({ patientId: patient.id, ...counts });
    return { counts, next };
  }

  /** A page meets a consent change now and then; written again, it is judged by what stands then. */
  async function storeUnlessStale(
    patientId: number,
    page: Omit<Parameters<typeof storePage>[1], 'patientId' | 'identifierSystem'>,
  ) {
    for (let tries = 0; tries < STALE_TRIES; tries += 1) {
      const outcome = await storePage(sql, { patientId, identifierSystem: 'ow:normalized', ...page });
      if (!outcome.stale) return outcome;
    }
    throw new NamedError(
      'ConsentMoving',
      'the consents of the patient keep changing; the page is read again later',
    );
  }

  async function stillReadable(patientId: number) {
    const connections = await connectionsOf(sql, patientId);
    const active = connections.filter(({ status }) => status === 'active').map(({ provider }) => provider);
    return readableNow(await coveredIntervals(sql, patientId), active);
  }
}
