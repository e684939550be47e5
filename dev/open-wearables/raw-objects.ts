import { randomBytes } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Part } from './generator.js';
import { isoDate, isoOffset } from './instant.js';
import { vendorEndpoint, vendorPages } from './oura-pages.js';
import { reserialised } from './reserialised.js';
import type { Window } from './series.js';
import type { Connection, World } from './world.js';

/** Where the upstream keeps raw payloads (its RAW_PAYLOAD_S3_* settings). */
export interface RawObjectsTarget {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  /** `raw-payloads` when left out. */
  readonly prefix?: string;
}

/** Keeps each page that a vendor answered as an object, the way the upstream does. */
export interface RawObjects {
  /** Called when a pull has asked the vendor for a part; returns at once. */
  pulled(world: World, connection: Connection, part: Part, window: Window): void;
  /** Ends when everything pulled so far is written. */
  written(): Promise<void>;
  close(): Promise<void>;
}

/** The only vendor whose answers the sandbox knows in their own words. */
const VENDOR = 'oura';

export function keepRawObjects(target: RawObjectsTarget): RawObjects {
  const { endpoint, accessKeyId, secretAccessKey, bucket: Bucket, prefix = 'raw-payloads' } = target;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  let writing: Promise<unknown> = Promise.resolve();

  const write = (key: string, trace: string, page: unknown, now: number, userId: string) => {
    const Body = reserialised(page);
    const Metadata = {
      ...{ source: 'api_response', provider: VENDOR, size_bytes: String(Buffer.byteLength(Body)) },
      ...{ timestamp: isoOffset(now), user_id: userId, trace_id: trace },
    };
    const put = new PutObjectCommand({ Bucket, Key: key, Body, Metadata, ContentType: 'application/json' });
    // The upstream swallows what it cannot store.
    writing = writing.then(() => client.send(put)).catch(() => undefined);
  };

  return {
    pulled(world, { account, provider, userId }, part, window) {
      const name = vendorEndpoint(part);
      if (provider !== VENDOR || !account || name === undefined) return;
      const now = world.now();
      const folder = `${prefix}/${VENDOR}/api_response/${isoDate(now)}/${userId}`;
      for (const page of vendorPages(account, world.seed, part, window)) {
        const key = `${folder}/${randomBytes(6).toString('hex')}.json`;
        write(key, `/v2/usercollection/${name}`, page, now, userId);
      }
    },
    async written() {
      await writing;
    },
    async close() {
      await writing;
      client.destroy();
    },
  };
}
