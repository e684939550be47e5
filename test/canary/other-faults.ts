import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import type { Stage } from '../../dev/journey/stage.js';
import { until } from '../../dev/journey/until.js';
import { rawAccess } from '../../src/raw-payloads/access.js';
import { writerTo } from '../raw-payloads/bucket.js';
import { BEATS, PERSON, quoting, SAID } from './planted.js';
import type { CanaryWorld } from './world.js';

/** A read whose write loses its connection while it waits for a lock; it is tried again. */
export async function loseConnections(world: CanaryWorld, stage: Stage): Promise<void> {
  const other = postgres(world.config.DATABASE_URL, { max: 2, onnotice: () => undefined });
  const holder = await other.reserve();
  await holder`begin`;
  await holder`lock table observations in access exclusive mode`;
  const poll = stage.poll();
  await until('a write waits, and its connection is ended', async () => {
    const ended = await other`
      select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%with guard as%'`;
    return ended.length > 0;
  });
  await holder`commit`;
  holder.release();
  await poll;
  await other.end({ timeout: 5 });
}

/** Raw payloads that cannot be read, and then a server of them that fails and quotes. */
export async function readRawThroughFaults(world: CanaryWorld, stage: Stage): Promise<readonly string[]> {
  const { settings } = world.app;
  const access = rawAccess(await settings.read());
  const writer = writerTo(access);
  const owUserId = await stage.owUserId();
  const body = quoting(SAID.storage);
  await settings.write('ow.ingest_mode', 'raw', null);
  for (const text of [body.slice(0, -9), `[${body}]`, JSON.stringify({ data: [body, { bpm: `${BEATS}` }] })])
    await writer.put({ owUserId, endpoint: 'heartrate', body: text });
  await writer.put({ owUserId, endpoint: SAID.storage, body: [], metadata: { trace_id: SAID.storage } });
  await stage.poll();
  for (const status of [500, 403, 200]) {
    await using lying = await lyingServer(
      status,
      `<Error><Code>${SAID.storage}</Code><Message>${body}</Message></Error>`,
    );
    await settings.write('ow.s3.endpoint_url', lying.url, null);
    // Another address forgets the key of the one before.
    await settings.write('ow.s3.access_key_id', access.accessKeyId, null);
    await settings.write('ow.s3.secret_access_key', access.secretAccessKey, null);
    await stage.poll();
  }
  await settings.write('ow.ingest_mode', 'normalized', null);
  const keys = await writer.keys();
  writer.stop();
  return keys;
}

async function lyingServer(status: number, body: string) {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-error-message': SAID.storage });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A mail server that quotes the address while it refuses. */
export const quotingMailServer = {
  code: 451,
  to: 'letter' as const,
  text: `4.2.2 <${PERSON.email}>: ${SAID.mail}`,
};
