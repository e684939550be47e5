import { NamedError } from '../errors.js';

/** What can go wrong at the S3 server as a whole: worth another try, once time or an operator has mended it. */
type StorageFailureKind =
  | 'RawStorageRefused'
  | 'RawStorageTimedOut'
  | 'RawStorageUnavailable'
  | 'RawStorageUnreadable'
  | 'RawBucketMissing';

const TEXTS: Record<StorageFailureKind, string> = {
  RawStorageRefused: 'the S3 server refuses the access key of the raw payloads',
  RawStorageTimedOut: 'the S3 server did not answer in time',
  RawStorageUnavailable: 'the S3 server cannot be reached or failed',
  RawStorageUnreadable: 'the S3 server gave an answer that is not what it claims to be',
  RawBucketMissing: 'the S3 server has no such bucket',
};

export function storageFailure(kind: StorageFailureKind, cause?: unknown): NamedError {
  return new NamedError(kind, TEXTS[kind], { cause });
}

/** The failure that something the S3 client threw stands for; the server's own words stay in `cause`. */
export function storageFailureOf(thrown: unknown): NamedError {
  if (thrown instanceof NamedError) return thrown;
  const status = statusOf(thrown);
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'NoSuchBucket') return storageFailure('RawBucketMissing', thrown);
  if (status === 401 || status === 403) return storageFailure('RawStorageRefused', thrown);
  // A success that the client cannot read.
  if (status === 200) return storageFailure('RawStorageUnreadable', thrown);
  if (name === 'TimeoutError') return storageFailure('RawStorageTimedOut', thrown);
  return storageFailure('RawStorageUnavailable', thrown);
}

/** The HTTP status behind something the S3 client threw. */
export function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return undefined;
  const metadata = thrown.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** Why a single object cannot be read. It is remembered with the object, and stops no other. */
export interface ObjectFailure {
  readonly failed:
    | 'TooLarge'
    | 'NotJson'
    /** JSON, but no object. */
    | 'NotRecords'
    /** Its `trace_id` names no endpoint of the vendor. */
    | 'EndpointUnknown'
    /** It says that it is somebody else's, or another vendor's, than the folder it lies in. */
    | 'Misplaced';
}

export function isObjectFailure(outcome: object): outcome is ObjectFailure {
  return 'failed' in outcome;
}
