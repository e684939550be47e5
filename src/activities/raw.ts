import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { readableNow } from '../consent.js';
import { coveredIntervals } from '../db/consents.js';
import { connectionsOf } from '../db/connections.js';
import { knownRawObjects, newestRawDay, saveRawListing } from '../db/raw-objects.js';
import type { PageCounts } from '../events.js';
import { dataTypeNamed, isDataTypeName } from '../omh/registry.js';
import { rawAccess, type RawAccess } from '../raw-payloads/access.js';
import { dayAfter, dayFolder, daysThrough, utcDay } from '../raw-payloads/layout.js';
import { reachOf, type Reach } from '../raw-payloads/reach.js';
import { openRawStorage, type ListedObject, type RawStorage } from '../raw-payloads/storage.js';
import type { Counts } from '../workflows/contract.js';
import { requireLinkedPatient, type LinkedPatient } from './connected-patient.js';
import { tellProgress } from './progress.js';
import { rawObjectReader, type RawDeps } from './raw-object.js';
import { NO_COUNTS, addCounts } from '../workflows/counts.js';
import { attemptStore } from './store.js';
import { agreedDataTypes } from './wanted.js';

export interface RawRequest {
  readonly patientId: number;
}

/** What the attempts before this one stored; which objects are left is in the database. */
interface Mark {
  readonly counts: PageCounts;
}

/** The only vendor whose raw payloads we can convert. */
const VENDOR = 'oura';

export function rawActivities(deps: RawDeps) {
  const { sql, settings } = deps;
  const readObject = rawObjectReader(deps, attemptStore(deps));
  return {
    /**
     * Reads every raw payload of a patient that was not read yet, or was read under other consents, the oldest first.
     * Throws NamedError `RawNotConfigured` or `RawStorage...`.
     */
    async readRawObjects({ patientId }: RawRequest): Promise<Counts> {
      const reach = await reachNow(patientId);
      if (reach === undefined) return NO_COUNTS;
      const patient = await requireLinkedPatient(sql, patientId);
      const access = rawAccess(await settings.read());
      const storage = await openRawStorage(access, settings.egress);
      try {
        return await readDays(patient, reach, access, storage);
      } finally {
        storage.close();
      }
    },
  };

  async function readDays(
    patient: LinkedPatient,
    reach: Reach,
    { keyPrefix }: RawAccess,
    storage: RawStorage,
  ): Promise<Counts> {
    const mark = activityInfo().heartbeatDetails as Mark | undefined;
    let counts = mark?.counts ?? NO_COUNTS;
    const today = utcDay(new Date());
    for (const day of daysThrough(await firstDay(patient.id, reach), today)) {
      const folder = dayFolder(keyPrefix, day, patient.owUserId);
      for (const { key } of await unread(
        await storage.list(folder, cancellationSignal()),
        patient.id,
        reach,
        day,
      )) {
        const read = await readObject({ patient, storage, reach, day, key });
        counts = addCounts(counts, read);
        tellProgress({ counts } satisfies Mark);
        // The next read goes by the new consents.
        if (read.withheld > 0 && !(await stillReaches(patient.id, reach))) return counts;
      }
      tellProgress({ counts } satisfies Mark);
    }
    await saveRawListing(sql, patient.id, reach.digest, today);
    return counts;
  }

  /** A fetch just before midnight may be stored after it: the newest day and the one before it are listed again. */
  async function firstDay(patientId: number, { digest, from }: Reach): Promise<string> {
    const newest = await newestRawDay(sql, patientId, digest);
    // What was recorded after a time was fetched after it.
    return newest === null ? utcDay(from) : dayAfter(newest, -1);
  }

  async function unread(
    listed: readonly ListedObject[],
    patientId: number,
    { digest }: Reach,
    day: string,
  ): Promise<readonly ListedObject[]> {
    if (listed.length === 0) return listed;
    const known = await knownRawObjects(sql, patientId, day);
    const read = new Map(
      known.filter(({ reach }) => reach.equals(digest)).map(({ key, etag }) => [key, etag]),
    );
    return listed.filter(({ key, etag }) => read.get(key) !== etag);
  }

  async function stillReaches(patientId: number, { digest }: Reach): Promise<boolean> {
    return (await reachNow(patientId))?.digest.equals(digest) ?? false;
  }

  async function reachNow(patientId: number): Promise<Reach | undefined> {
    const intervals = (await coveredIntervals(sql, patientId)).filter(({ provider }) => provider === VENDOR);
    const connections = await connectionsOf(sql, patientId);
    const active = connections.filter(({ status }) => status === 'active').map(({ provider }) => provider);
    const readable = readableNow(intervals, active);
    if (readable === undefined) return undefined;
    const dataTypes = agreedDataTypes(readable).filter(isDataTypeName).map(dataTypeNamed);
    return reachOf(intervals, dataTypes, readable.from);
  }
}
