import { cancellationSignal } from '@temporalio/activity';
import { saveRawObject, type RawObjectRecord } from '../db/raw-objects.js';
import type { PageCounts } from '../events.js';
import { isRejected } from '../omh/convert.js';
import { convertRecords, deletedBy, fedBy } from '../raw-payloads/convert-records.js';
import { isObjectFailure, type ObjectFailure } from '../raw-payloads/failures.js';
import { fetchedAt, identify, LARGEST_BYTES } from '../raw-payloads/identify.js';
import { isCovered, recordedAt } from '../raw-payloads/recorded-at.js';
import { recordsOf } from '../raw-payloads/records.js';
import type { Reach } from '../raw-payloads/reach.js';
import type { DescribedObject, RawStorage } from '../raw-payloads/storage.js';
import type { LinkedPatient } from './connected-patient.js';
import type { ActivityDeps } from './deps.js';
import { attemptJudge } from './judge.js';
import { NO_COUNTS, addCounts } from '../workflows/counts.js';
import type { StoreAttempts } from './store.js';

/** One object of a patient's folder of one day (UTC). */
export interface ObjectRead {
  readonly patient: LinkedPatient;
  readonly storage: RawStorage;
  readonly reach: Reach;
  readonly day: string;
  readonly key: string;
}

type Status = Pick<RawObjectRecord, 'status' | 'reason' | 'counts'>;

export type RawDeps = Pick<
  ActivityDeps,
  'sql' | 'pages' | 'settings' | 'events' | 'secretBox' | 'schemaChecks'
>;

/** Records stored in one statement; the vendor's own pages have at most as many. */
const RECORDS_AT_ONCE = 1000;

/** Reads an object, stores what it holds, and remembers it. What stops in between is read again and changes nothing. */
export function rawObjectReader(deps: RawDeps, store: StoreAttempts) {
  const { sql, events } = deps;
  const judge = attemptJudge(deps);
  return async (read: ObjectRead): Promise<PageCounts> => {
    const object = await read.storage.describe(read.key, cancellationSignal());
    if (object === undefined) return NO_COUNTS;
    const what = identify(object, read.patient.owUserId);
    const endpoint = isObjectFailure(what) ? null : what.endpoint;
    const remember = (status: Status) => saveRawObject(sql, { ...rowOf(read, object), endpoint, ...status });
    const records = isObjectFailure(what) ? what : await recordsIn(read, object, what.endpoint);
    if (records === undefined) return NO_COUNTS;
    if (isObjectFailure(records)) {
      const objectId = await remember({ status: 'failed', reason: records.failed, counts: NO_COUNTS });
      events.rawObjectFailed({ patientId: read.patient.id, objectId, reason: records.failed });
      return NO_COUNTS;
    }
    let counts = NO_COUNTS;
    if (records.length > 0) {
      // The row is there before the observations that name it.
      const objectId = await remember({ status: 'reading', reason: null, counts });
      counts = await storeRecords(read, objectId, endpoint ?? '', records);
    }
    await remember({ status: 'processed', reason: null, counts });
    return counts;
  };

  async function storeRecords(
    { patient, reach }: ObjectRead,
    rawObjectId: number,
    endpoint: string,
    records: readonly unknown[],
  ): Promise<PageCounts> {
    const dataTypes = fedBy(endpoint, reach.dataTypes);
    const codes = new Map<string, string>(dataTypes.map(({ name, schemaId }) => [name, schemaId]));
    const context = { subject: patient.reference, timeZone: patient.timeZone };
    let counts = NO_COUNTS;
    for (let start = 0; start < records.length; start += RECORDS_AT_ONCE) {
      const part = records.slice(start, start + RECORDS_AT_ONCE);
      const attempts = await judge(convertRecords(part, endpoint, dataTypes, context));
      // The write judges measurements; what could not be converted is judged here, by what can be told of its time.
      const kept = attempts.filter(
        ({ outcome, dataType, record }) =>
          !isRejected(outcome) ||
          isCovered(reach.intervals, codes.get(dataType), recordedAt(record, patient.timeZone)),
      );
      const withheld = attempts.length - kept.length;
      const deleted = deletedBy(part, endpoint, dataTypes, context);
      const page = { identifierSystem: 'ow:raw' as const, coverage: [], rawObjectId, deleted };
      const stored = await store(patient.id, kept, page);
      counts = addCounts(counts, addCounts(stored, { ...NO_COUNTS, seen: withheld, withheld }));
    }
    return counts;
  }
}

/** The records of an object; none are fetched from an endpoint that feeds nothing the patient agreed to. */
async function recordsIn(
  { storage, reach }: ObjectRead,
  object: DescribedObject,
  endpoint: string,
): Promise<readonly unknown[] | ObjectFailure | undefined> {
  if (fedBy(endpoint, reach.dataTypes).length === 0) return [];
  const text = await storage.read(object, LARGEST_BYTES, cancellationSignal());
  if (text === null) return { failed: 'TooLarge' };
  return text === undefined ? undefined : recordsOf(text);
}

function rowOf({ patient, reach, day }: ObjectRead, object: DescribedObject) {
  const { key, etag } = object;
  return { patientId: patient.id, key, etag, day, fetchedAt: fetchedAt(object), reach: reach.digest };
}
