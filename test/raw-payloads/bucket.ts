import { randomBytes } from 'node:crypto';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startS3, type S3Server } from '../../dev/servers/s3.js';
import { reserialised } from '../../dev/open-wearables/reserialised.js';
import type { RawAccess } from '../../src/raw-payloads/access.js';
import { utcDay } from '../../src/raw-payloads/layout.js';

export const KEY_PREFIX = 'raw-payloads/oura/api_response';

/** An object to place: what is left out is as Open Wearables writes it. */
export interface PlacedObject {
  readonly owUserId: string;
  /** The endpoint (`sleep`), or a whole `trace_id`. */
  readonly endpoint: string;
  /** The records of a page, or the text of the body as it stands. */
  readonly body: readonly unknown[] | string;
  readonly nextToken?: string | null;
  readonly fetchedAt?: Date;
  readonly key?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A hand that writes into a bucket. */
export interface Writer {
  /** Answers the key. */
  put(object: PlacedObject): Promise<string>;
  keys(): Promise<string[]>;
  stop(): void;
}

/** The embedded S3 server with an empty bucket, and a hand that writes into it. */
export interface Bucket extends Pick<Writer, 'put'> {
  readonly access: RawAccess;
  stop(): Promise<void>;
}

export function writerTo({ endpoint, bucket, ...credentials }: RawAccess): Writer {
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  return {
    async put(object) {
      const { key, body, metadata } = asWritten(object);
      const put = { Bucket: bucket, Key: key, Body: body, Metadata: metadata };
      await client.send(new PutObjectCommand({ ...put, ContentType: 'application/json' }));
      return key;
    },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    stop: () => {
      client.destroy();
    },
  };
}

export async function startBucket(): Promise<Bucket> {
  const server = await startS3({ bucket: 'raw-payloads', say: () => undefined });
  const access = accessOf(server);
  const writer = writerTo(access);
  return {
    access,
    put: (object) => writer.put(object),
    async stop() {
      writer.stop();
      await server.stop();
    },
  };
}

export function accessOf({ endpoint, accessKeyId, secretAccessKey, bucket }: S3Server): RawAccess {
  return { endpoint, accessKeyId, secretAccessKey, bucket, keyPrefix: KEY_PREFIX };
}

function asWritten(object: PlacedObject) {
  const { owUserId, endpoint, nextToken = null, fetchedAt = new Date() } = object;
  const page = { data: object.body, next_token: nextToken };
  const body = typeof object.body === 'string' ? object.body : reserialised(page);
  const name = `${randomBytes(6).toString('hex')}.json`;
  const metadata = {
    ...{ source: 'api_response', provider: 'oura', size_bytes: String(Buffer.byteLength(body)) },
    timestamp: fetchedAt.toISOString().replace('Z', '000+00:00'),
    ...{
      user_id: owUserId,
      trace_id: endpoint.startsWith('/') ? endpoint : `/v2/usercollection/${endpoint}`,
    },
    ...object.metadata,
  };
  return { key: object.key ?? `${KEY_PREFIX}/${utcDay(fetchedAt)}/${owUserId}/${name}`, body, metadata };
}
