import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { Egress } from '../egress.js';
import type { RawAccess } from './access.js';
import { statusOf, storageFailure, storageFailureOf } from './failures.js';

/** One version of an object: a new content has a new entity tag. */
export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** What an object tells of itself without being fetched. */
export interface DescribedObject extends ListedObject {
  readonly size: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bucket of raw payloads. Failures are NamedErrors `RawStorage...`; what the caller aborts ends as it does. */
export interface RawStorage {
  /** All objects of a folder, every page of the listing, the oldest first. */
  list(folder: string, signal: AbortSignal): Promise<ListedObject[]>;
  /** Any object of a folder and those in it; undefined when there is none. */
  any(folder: string, signal: AbortSignal): Promise<ListedObject | undefined>;
  /** Undefined when the object is gone. */
  describe(key: string, signal: AbortSignal): Promise<DescribedObject | undefined>;
  /** The text of this version, null beyond the limit, undefined when the object is gone or another one by now. */
  read(object: DescribedObject, limitBytes: number, signal: AbortSignal): Promise<string | null | undefined>;
  close(): void;
}

/** Only Amazon's servers have regions, but a client must name one. */
const REGION = 'us-east-1';
const CONNECT_MS = 5_000;
const ANSWER_MS = 30_000;

/**
 * Opens the bucket without asking for anything; `egress` may refuse where it lies. The library is loaded here: normalized
 * mode never needs it.
 */
export async function openRawStorage(access: RawAccess, egress?: Egress): Promise<RawStorage> {
  if (egress?.refusal(access.endpoint) !== undefined) throw storageFailure('RawStorageUnavailable');
  const { S3Client, ListObjectsV2Command, HeadObjectCommand, GetObjectCommand } =
    await import('@aws-sdk/client-s3');
  const { bucket: Bucket } = access;
  const client = new S3Client(optionsOf(access, egress?.lookup));
  return {
    async list(folder, signal) {
      const objects: ListedObject[] = [];
      for (let token: string | undefined, isLast = false; !isLast;) {
        const command = new ListObjectsV2Command({ Bucket, Prefix: folder, ContinuationToken: token });
        const page = await answered(client.send(command, { abortSignal: signal }), signal);
        // A web page of somebody else would pass for an empty folder.
        if (page.IsTruncated === undefined) throw unreadable();
        objects.push(...(page.Contents ?? []).map(listed));
        isLast = !page.IsTruncated;
        if (!isLast && (page.NextContinuationToken ?? token) === token) throw unreadable();
        token = page.NextContinuationToken;
      }
      return objects.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
    },
    async any(folder, signal) {
      const command = new ListObjectsV2Command({ Bucket, Prefix: folder, MaxKeys: 1 });
      const page = await answered(client.send(command, { abortSignal: signal }), signal);
      if (page.IsTruncated === undefined) throw unreadable();
      return page.Contents?.map(listed)[0];
    },
    async describe(key, signal) {
      const command = new HeadObjectCommand({ Bucket, Key: key });
      const head = await unlessGone(client.send(command, { abortSignal: signal }), signal);
      if (head === undefined) return undefined;
      const { ContentLength: size = 0, Metadata: metadata = {} } = head;
      return { ...listed({ Key: key, ...head }), size, metadata };
    },
    async read({ key, etag }, limitBytes, signal) {
      const command = new GetObjectCommand({ Bucket, Key: key });
      const object = await unlessGone(client.send(command, { abortSignal: signal }), signal);
      if (!(object?.Body instanceof Readable)) return undefined;
      const text = await answered(textOf(object.Body, limitBytes, signal), signal);
      return listed({ Key: key, ...object }).etag === etag ? text : undefined;
    },
    close() {
      client.destroy();
    },
  };
}

function optionsOf(
  { endpoint, accessKeyId, secretAccessKey }: RawAccess,
  lookup: LookupFunction | undefined,
): S3ClientConfig {
  const agent = { keepAlive: true, ...(lookup && { lookup }) };
  return {
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: {
      httpAgent: agent,
      httpsAgent: agent,
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      socketTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
    },
  };
}

function listed(object: {
  readonly Key?: string | undefined;
  readonly ETag?: string | undefined;
  readonly LastModified?: Date | undefined;
}): ListedObject {
  const { Key: key, ETag: etag, LastModified: modifiedAt } = object;
  if (key === undefined || etag === undefined || modifiedAt === undefined) throw unreadable();
  // Some servers quote the tag in one answer and not in the other.
  return { key, etag: etag.replaceAll('"', ''), modifiedAt };
}

function unreadable(): Error {
  return storageFailure('RawStorageUnreadable');
}

/** The whole text, or null as soon as it is longer than it may be: leaving the loop ends the stream. */
async function textOf(body: Readable, limitBytes: number, signal: AbortSignal): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    size += part.length;
    if (size > limitBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function answered<Answer>(asked: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  try {
    return await asked;
  } catch (thrown) {
    throw signal.aborted ? thrown : storageFailureOf(thrown);
  }
}

/** A key that is listed and not there any more is no failure. */
async function unlessGone<Answer>(asked: Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
  const present = asked.catch((thrown: unknown) => {
    if (statusOf(thrown) === 404) return undefined;
    throw thrown;
  });
  return answered(present, signal);
}
