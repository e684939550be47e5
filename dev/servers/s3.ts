import { buildApp } from 'fauxqs';
import { PartUnavailable } from './part-unavailable.js';
import { requirePort } from './ports.js';
import type { Say } from './say.js';

export interface S3Server {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  stop(): Promise<void>;
}

/**
 * Starts the S3 server of the npm package `fauxqs` inside this process, in memory, with one empty bucket; clients use
 * path-style addresses. Throws PortTaken, or PartUnavailable when the bucket is refused.
 *
 * The app is built here rather than by the package's own start function, which listens on every address.
 */
export async function startS3(options: { port?: number; bucket: string; say: Say }): Promise<S3Server> {
  const { port = 0, bucket, say } = options;
  if (port !== 0) await requirePort(port, 'the S3 server', '--s3-port');
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port, host: '127.0.0.1' });
  const created = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  await created.arrayBuffer();
  if (!created.ok) {
    await app.close();
    throw new PartUnavailable('The S3 server refused to make its bucket. Choose a plain bucket name.');
  }
  say(`S3 listens on ${endpoint}.`);
  return {
    endpoint,
    accessKeyId: 'embedded',
    secretAccessKey: 'embedded-secret',
    bucket,
    stop: () => app.close(),
  };
}
