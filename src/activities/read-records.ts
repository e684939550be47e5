import { cancellationSignal } from '@temporalio/activity';
import type { PageCounts } from '../events.js';
import { endpointsOf } from '../omh/registry.js';
import type { RecordsEndpoint } from '../open-wearables/client.js';
import { OpenWearablesFailure } from '../open-wearables/failures.js';
import type { Audit } from './audit.js';
import { closedDates } from './closed-dates.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { attemptJudge } from './judge.js';
import { convertRecords } from './page.js';
import { newest, type ReadWindow } from './page-coverage.js';
import { NO_COUNTS } from '../workflows/counts.js';
import { widened } from './session-window.js';
import type { PageContext, StoreAttempts } from './store.js';
import type { Wanted } from './wanted.js';

/** One window of one endpoint. */
export interface RecordsRead {
  readonly patient: LinkedPatient;
  readonly wanted: Wanted;
  readonly endpoint: RecordsEndpoint;
  readonly window: ReadWindow;
  readonly audit?: Audit;
}

/** What the records of an endpoint are, as observations name their series. */
export const KINDS: Readonly<Record<RecordsEndpoint, 'sleep' | 'workout' | 'summary'>> = {
  'events/sleep': 'sleep',
  'events/workouts': 'workout',
  'summaries/activity': 'summary',
  'summaries/sleep': 'summary',
};

/**
 * Reads a whole window of sessions or daily totals, then stores it at once: only a whole window tells which sessions
 * were merged into others.
 */
export function recordsReader(deps: ActivityDeps, store: StoreAttempts) {
  const { openWearables } = deps;
  const judge = attemptJudge(deps);
  return async (read: RecordsRead): Promise<PageCounts> => {
    const { patient, wanted, endpoint, window, audit } = read;
    const kind = KINDS[endpoint];
    const span = kind === 'summary' ? closedDates(window, patient.timeZone) : widened(window);
    if (span === undefined) return NO_COUNTS;
    const records = await allRecords(patient.owUserId, endpoint, span);
    const dataTypes = wanted.dataTypes.filter((type) => endpointsOf(type).includes(endpoint));
    const attempts = await judge(convertRecords(records, endpoint, patient, dataTypes).attempts);
    audit?.add(attempts);
    const last = kind === 'summary' ? null : newest(records, 'start_time', span);
    const context: PageContext = {
      identifierSystem: 'ow:normalized',
      coverage: [{ series: endpoint, from: window.from, to: window.to, last }],
      ...(kind === 'summary' ? {} : { complete: { series: kind, ...span } }),
    };
    return store(patient.id, attempts, context);
  };

  async function allRecords(
    owUserId: string,
    endpoint: RecordsEndpoint,
    span: ReadWindow,
  ): Promise<unknown[]> {
    const ow = await openWearables();
    const records: unknown[] = [];
    const visited = new Set<string>();
    let cursor: string | null = null;
    do {
      const page = await ow.records({ owUserId, endpoint, ...span, cursor, signal: cancellationSignal() });
      records.push(...page.data);
      cursor = page.pagination.has_more ? (page.pagination.next_cursor ?? null) : null;
      if (cursor !== null && visited.has(cursor)) throw new OpenWearablesFailure('LoopingCursor');
      if (cursor !== null) visited.add(cursor);
    } while (cursor !== null);
    return records;
  }
}
