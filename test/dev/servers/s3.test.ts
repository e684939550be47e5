import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { freePort, isAnswering } from '../../../dev/servers/ports.js';
import { startS3, type S3Server } from '../../../dev/servers/s3.js';
import { listener } from './world.js';
import { networkInterfaces } from 'node:os';

function clientOf({ endpoint, accessKeyId, secretAccessKey }: S3Server): S3Client {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
}

test('an object that is put is listed and read; after the stop nobody answers', async () => {
  const { say } = listener();
  const server = await startS3({ bucket: 'raw-payloads', say });
  const client = clientOf(server);
  const object = { Bucket: server.bucket, Key: '2025/one.json' };
  await client.send(
    new PutObjectCommand({ ...object, Body: '{"bpm": 61}', Metadata: { trace_id: 'heartrate' } }),
  );
  const { Contents: listed = [] } = await client.send(new ListObjectsV2Command({ Bucket: server.bucket }));
  const read = await client.send(new GetObjectCommand(object));
  expect(listed.map(({ Key }) => Key)).toEqual(['2025/one.json']);
  expect(await read.Body?.transformToString()).toBe('{"bpm": 61}');
  expect(read.Metadata).toEqual({ trace_id: 'heartrate' });
  client.destroy();
  await server.stop();
  expect(await isAnswering(Number(new URL(server.endpoint).port))).toBe(false);
});

test('only this machine can reach it', async () => {
  const server = await startS3({ bucket: 'raw-payloads', say: listener().say });
  const port = Number(new URL(server.endpoint).port);
  const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  expect(await isAnswering(port)).toBe(true);
  expect(await Promise.all([...others, '127.0.0.2'].map((host) => isAnswering(port, host)))).not.toContain(
    true,
  );
  await server.stop();
});

test('a taken port is told with its part and option', async () => {
  const port = await freePort();
  const server = await startS3({ port, bucket: 'raw-payloads', say: listener().say });
  const second = startS3({ port, bucket: 'raw-payloads', say: listener().say });
  await expect(second).rejects.toThrow(/^Port \d+, wanted for the S3 server, is taken .* --s3-port\.$/);
  await server.stop();
});
