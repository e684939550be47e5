import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RawAccess } from '../../src/raw-payloads/access.js';
import { openRawStorage, type RawStorage } from '../../src/raw-payloads/storage.js';
import { KEY_PREFIX, startBucket, type Bucket } from './bucket.js';

let bucket: Bucket;
let storage: RawStorage;
beforeAll(async () => {
  bucket = await startBucket();
  storage = await openRawStorage(bucket.access);
});
afterAll(async () => {
  storage.close();
  await bucket.stop();
});

const signal = new AbortController().signal;
const FETCHED = new Date('2026-11-21T08:00:00Z');
const folderOf = (owUserId: string) => `${KEY_PREFIX}/2026-11-21/${owUserId}/`;

/** A storage whose server does what it wants. */
async function against(
  listener: RequestListener,
  use: (storage: RawStorage) => Promise<unknown>,
): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const access: RawAccess = { ...bucket.access, endpoint: `http://127.0.0.1:${port}` };
  const broken = await openRawStorage(access);
  try {
    await use(broken);
  } finally {
    broken.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

it('a folder with more objects than a page of the listing is listed whole', async () => {
  const one = { owUserId: 'many', endpoint: 'heartrate', body: [], fetchedAt: FETCHED };
  for (let count = 0; count < 1010; count += 101) {
    await Promise.all(Array.from({ length: 101 }, () => bucket.put(one)));
  }
  const listed = await storage.list(folderOf('many'), signal);
  expect(new Set(listed.map(({ key }) => key)).size).toBe(1010);
}, 60_000);

it('another user’s folder is not listed, not even when its name begins alike', async () => {
  const key = await bucket.put({ owUserId: 'ann', endpoint: 'heartrate', body: [], fetchedAt: FETCHED });
  await bucket.put({ owUserId: 'anna', endpoint: 'heartrate', body: [], fetchedAt: FETCHED });
  expect((await storage.list(folderOf('ann'), signal)).map((object) => object.key)).toEqual([key]);
});

it('an object is described and read; a new content is a new version', async () => {
  const key = await bucket.put({ owUserId: 'one', endpoint: 'sleep', body: [1], fetchedAt: FETCHED });
  const object = await storage.describe(key, signal);
  expect(object?.metadata).toMatchObject({ trace_id: '/v2/usercollection/sleep', user_id: 'one' });
  if (object === undefined) throw new Error('the object is missing');
  expect((await storage.list(folderOf('one'), signal))[0]?.etag).toBe(object.etag);
  expect(await storage.read(object, 1000, signal)).toBe('{"data": [1], "next_token": null}');
  expect(await storage.read(object, 32, signal)).toBeNull();

  await bucket.put({ owUserId: 'one', endpoint: 'sleep', body: [2], fetchedAt: FETCHED, key });
  expect(await storage.read(object, 1000, signal)).toBeUndefined();
  expect((await storage.list(folderOf('one'), signal))[0]?.etag).not.toBe(object.etag);
});

it('an object that is gone is none', async () => {
  expect(await storage.describe(`${folderOf('nobody')}x.json`, signal)).toBeUndefined();
});

it('a bucket that is not there is a failure with a name', async () => {
  const elsewhere = await openRawStorage({ ...bucket.access, bucket: 'no-such-bucket' });
  await expect(elsewhere.list(folderOf('one'), signal)).rejects.toMatchObject({ name: 'RawBucketMissing' });
  elsewhere.close();
});

it.each([
  [403, 'RawStorageRefused'],
  [401, 'RawStorageRefused'],
  [400, 'RawStorageUnavailable'],
])('an answer of %i is %s', async (status, name) => {
  await against(
    (_request, response) => response.writeHead(status).end('<Error><Message>private words</Message></Error>'),
    async (broken) => {
      const failure: unknown = await broken.list('x/', signal).catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ name });
      expect(String(failure)).not.toContain('private');
    },
  );
});

it('a listing that goes on for ever ends with a name', async () => {
  const body = '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>';
  await against(
    (_request, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end(body),
    (broken) => expect(broken.list('x/', signal)).rejects.toMatchObject({ name: 'RawStorageUnreadable' }),
  );
});

it('a server that is away is a failure with a name', async () => {
  const away = await openRawStorage({ ...bucket.access, endpoint: 'http://127.0.0.1:1' });
  await expect(away.list('x/', signal)).rejects.toMatchObject({ name: 'RawStorageUnavailable' });
  away.close();
});

it.each(['<html><body>maintenance</body></html>', '<html>maintenance', '{}'])(
  'an answer that is no listing is no empty folder: %s',
  async (body) => {
    await against(
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(body),
      (broken) => expect(broken.list('x/', signal)).rejects.toMatchObject({ name: 'RawStorageUnreadable' }),
    );
  },
);

it('a read that its caller gives up ends as given up', async () => {
  const giveUp = new AbortController();
  await against(
    () => {
      giveUp.abort();
    },
    (silent) => expect(silent.list('x/', giveUp.signal)).rejects.toMatchObject({ name: 'AbortError' }),
  );
});
