import { readdirSync, readFileSync } from 'node:fs';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../../dev/open-wearables/sandbox.js';
import { reserialised } from '../../../dev/open-wearables/reserialised.js';
import { startS3, type S3Server } from '../../../dev/servers/s3.js';

const FOLDER = new URL('../../fixtures/open-wearables/raw/', import.meta.url);
const MINUTE_MS = 60_000;

const page = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  next_token: z.string().nullable(),
});

interface Written {
  readonly key: string;
  readonly type: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly text: string;
  readonly page: z.infer<typeof page>;
}

let server: S3Server;
let client: S3Client;
let sandbox: Sandbox;
let owUserId: string;
let now = new Date('2026-11-21T16:07:13.250Z');
beforeAll(async () => {
  server = await startS3({ bucket: 'raw-payloads', say: () => undefined });
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const credentials = { accessKeyId, secretAccessKey };
  client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  sandbox = await startSandbox({ historyRunMs: 0, rawPayloads: server, now: () => now });
  const created = await fetch(`${sandbox.url}/api/v1/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-open-wearables-api-key': sandbox.apiKey },
    body: JSON.stringify({ external_user_id: 'the same in every run' }),
  });
  owUserId = z.object({ id: z.string() }).parse(await created.json()).id;
});
afterAll(async () => {
  await sandbox.close();
  client.destroy();
  await server.stop();
});

const seen = new Set<string>();

/** What was written since the last look. */
async function newObjects(): Promise<Written[]> {
  sandbox.control.samplesOf(owUserId);
  await sandbox.control.rawObjectsWritten();
  const { Contents: listed = [] } = await client.send(new ListObjectsV2Command({ Bucket: server.bucket }));
  const keys = listed.flatMap(({ Key }) => (Key === undefined || seen.has(Key) ? [] : Key));
  return Promise.all(
    keys.map(async (key) => {
      seen.add(key);
      const object = await client.send(new GetObjectCommand({ Bucket: server.bucket, Key: key }));
      const text = (await object.Body?.transformToString()) ?? '';
      const { Metadata: metadata = {}, ContentType: type } = object;
      return { key, type, metadata, text, page: page.parse(JSON.parse(text)) };
    }),
  );
}

const endpointOf = ({ metadata }: Written) => metadata['trace_id']?.replace('/v2/usercollection/', '') ?? '';

describe('a connect of 90 days', () => {
  let written: Written[];
  beforeAll(async () => {
    sandbox.control.connect(owUserId, 'oura');
    written = await newObjects();
  });

  it('leaves 35 objects, 27 of them heart rates', () => {
    const endpoints = written.map(endpointOf);
    expect(endpoints.filter((endpoint) => endpoint === 'heartrate')).toHaveLength(27);
    expect(endpoints.filter((endpoint) => endpoint !== 'heartrate').sort()).toEqual([
      ...['daily_activity', 'daily_cardiovascular_age', 'daily_readiness', 'daily_sleep', 'daily_spo2'],
      ...['sleep', 'vO2_max', 'workout'],
    ]);
  });

  it('has keys, types and metadata as recorded', () => {
    const keys = new RegExp(`^raw-payloads/oura/api_response/2026-11-21/${owUserId}/[0-9a-f]{12}\\.json$`);
    for (const { key, type, metadata, text } of written) {
      expect(key).toMatch(keys);
      expect(type).toBe('application/json');
      expect(metadata).toEqual({
        ...{ source: 'api_response', provider: 'oura', user_id: owUserId, size_bytes: String(text.length) },
        ...{ timestamp: '2026-11-21T16:07:13.250000+00:00', trace_id: metadata['trace_id'] },
      });
    }
  });

  it('pages at 1000 rows, and each page but a chunk’s last tells where the next one begins', () => {
    const rates = written.filter((object) => endpointOf(object) === 'heartrate').map((object) => object.page);
    const ended = rates.filter(({ next_token }) => next_token === null);
    expect(ended).toHaveLength(3);
    expect(rates.filter(({ data }) => data.length === 1000).length).toBeGreaterThanOrEqual(24);
    const tokens = rates.flatMap(({ next_token }) => next_token ?? []);
    expect(tokens.map((token) => Number(Buffer.from(token, 'base64').toString()) % 1000)).toEqual(
      tokens.map(() => 0),
    );
  });

  it('is written as Python writes JSON, with the fields of the recordings', () => {
    for (const name of readdirSync(FOLDER).filter((file) => file.startsWith('api_response'))) {
      const recorded = z
        .object({ size: z.number(), metadata: z.record(z.string(), z.string()), body: page })
        .parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
      expect(reserialised(recorded.body)).toHaveLength(recorded.size);
      const same = written.find(({ metadata }) => metadata['trace_id'] === recorded.metadata['trace_id']);
      expect(same?.text).toBe(reserialised(same?.page));
      const [expected] = recorded.body.data;
      if (expected !== undefined)
        expect(Object.keys(same?.page.data[0] ?? {}), name).toEqual(Object.keys(expected));
    }
  });

  it('holds the heart rates that the API shows', () => {
    const rates = written
      .filter((object) => endpointOf(object) === 'heartrate')
      .flatMap((object) => object.page.data);
    const shown = sandbox.control.samplesOf(owUserId, { types: ['heart_rate'] });
    const points = rates.map(({ timestamp, bpm }) => `${Date.parse(String(timestamp))} ${String(bpm)}`);
    expect(points.sort()).toEqual(
      shown.map(({ timestamp, value }) => `${Date.parse(timestamp)} ${value}`).sort(),
    );
  });
});

describe('a live sync', () => {
  it('reads the day’s documents whole again, and leaves empty pages too', async () => {
    await newObjects();
    now = new Date(now.getTime() + 20 * MINUTE_MS);
    const written = await newObjects();
    expect(written).toHaveLength(9);
    const of = (endpoint: string) => written.find((object) => endpointOf(object) === endpoint);
    expect(of('heartrate')?.page.data.length).toBeLessThanOrEqual(4);
    expect(of('daily_activity')?.page.data.map(({ day }) => day)).toContain('2026-11-21');
    const empty = written.filter((object) => object.page.data.length === 0);
    expect(empty.length).toBeGreaterThan(0);
    expect(empty.map(({ text }) => text)).toContain('{"data": [], "next_token": null}');
  });

  it('after midnight UTC lies in the folder of the new day', async () => {
    now = new Date('2026-11-22T00:00:30Z');
    const written = await newObjects();
    expect(written.length).toBeGreaterThanOrEqual(9);
    expect(written.filter(({ key }) => !key.includes('/2026-11-22/'))).toEqual([]);
  });
});

it('a vendor in trouble leaves no object', async () => {
  sandbox.control.setVendor('oura', 'everything-fails');
  now = new Date(now.getTime() + 20 * MINUTE_MS);
  expect(await newObjects()).toEqual([]);
  sandbox.control.setVendor('oura', null);
});
