import type { Readable } from '../consent.js';
import type { DataType } from '../omh/data-type.js';
import type { Counts, HistoryRead } from '../workflows/contract.js';
import { midnightsOf } from '../db/reconcile.js';
import { requireLinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { rawActivities } from './raw.js';
import { legsReader } from './read-legs.js';
import type { ReadWindow } from './page-coverage.js';
import type { Leg } from './read-plan.js';
import { readableOf, requireKnownAccount } from './readable-patient.js';
import { NO_COUNTS } from '../workflows/counts.js';
import { dayWindows, notMidnight, readWindows } from './reading.js';
import { throughNight } from './session-window.js';
import { agreedDataTypes, wantedFor } from './wanted.js';

/** What to read for one patient; times are ISO, `to` null means now. */
export interface ReadRequest {
  readonly patientId: number;
  readonly dataTypes: readonly string[];
  readonly legs: readonly Leg[];
  readonly to: string | null;
}

export interface HistoryRequest {
  readonly patientId: number;
  readonly from: string;
  readonly to: string;
  /** Names of data types or their codes; null: everything the patient agreed to. */
  readonly dataTypes: readonly string[] | null;
}

export function ingestActivities(deps: ActivityDeps) {
  const { sql, settings, openWearables } = deps;
  const raw = rawActivities(deps);
  const readLegs = legsReader(deps);
  return {
    /** Reads everything the legs name, page by page; while one is stored the next is on its way. */
    async readSamples({ patientId, dataTypes, legs, to }: ReadRequest): Promise<Counts> {
      const patient = await requireLinkedPatient(sql, patientId);
      const end = to ?? new Date().toISOString();
      return readLegs({
        ...{ patient, wanted: wantedFor(dataTypes), isAudited: false },
        legs: legs.map(({ feeds, from }) => ({ feeds, windows: readWindows(from, end) })),
        isStillAllowed: async () => (await readableOf(sql, patientId)) !== undefined,
      });
    },

    /**
     * Reads a window of the past from the begin of its first day on, as far as consents reach, and compares each closed
     * day with what is stored.
     */
    async readHistory(request: HistoryRequest): Promise<HistoryRead> {
      const { patientId, to } = request;
      const readable = await readableOf(sql, patientId);
      if (readable === undefined) return NO_COUNTS;
      // Raw payloads are filed by the day they were fetched: what is new is read, whatever it tells of.
      if ((await settings.read())['ow.ingest_mode'] === 'raw') return raw.readRawObjects({ patientId });
      const wanted = wantedFor(asked(readable, request));
      const midnights = await midnightsOf(sql, patientId, request.from, to);
      const begin = earliest(request.from, midnights);
      const from = readable.from.toISOString() > begin ? readable.from.toISOString() : begin;
      if (from >= to) return { ...NO_COUNTS, from: begin };
      const patient = await requireLinkedPatient(sql, patientId);
      await requireKnownAccount(await openWearables(), patient);
      const windows = dayWindows({ from, to }, midnights);
      const legs = [wanted.series, ...wanted.endpoints.map((endpoint) => [endpoint])]
        .filter((feeds) => feeds.length > 0)
        .map((feeds) => ({ feeds, windows: windows.map((window) => asRead(feeds, window)) }));
      const counts = await readLegs({
        ...{ patient, wanted, legs, isAudited: true },
        isStillAllowed: async () => (await readableOf(sql, patientId)) !== undefined,
      });
      return { ...counts, from: begin };
    },
  };
}

function earliest(from: string, midnights: readonly Date[]): string {
  return new Date(Math.min(Date.parse(from), ...midnights.map(Number))).toISOString();
}

/** Sessions are shown by the windows that they end in. */
function asRead(feeds: readonly string[], window: ReadWindow): ReadWindow {
  const isSession = feeds.some((feed) => feed.startsWith('events/'));
  return isSession ? { ...window, to: notMidnight(throughNight(Date.parse(window.to), Date.now())) } : window;
}

function asked(readable: Readable, { dataTypes }: HistoryRequest): string[] {
  const isAsked = ({ name, schemaId }: DataType) =>
    dataTypes === null || dataTypes.includes(name) || dataTypes.includes(schemaId);
  return wantedFor(agreedDataTypes(readable))
    .dataTypes.filter(isAsked)
    .map(({ name }) => name);
}
