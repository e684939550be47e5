import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { createOpenWearables } from '../../src/open-wearables/client.js';

interface Seen {
  readonly key: string | string[] | undefined;
  readonly body: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** A server that knows nobody, writes down what it gets and keeps connections open for a minute. */
async function listening() {
  const seen: Seen[] = [];
  const resets = { isDue: false };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      seen.push({ key: request.headers['x-open-wearables-api-key'], body });
      if (resets.isDue) {
        response.destroy();
        return;
      }
      const user = { id: '7f1c2b1e-6d3f-4a0e-9a57-0d8f4c6f2b11' };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.method === 'POST' ? user : { items: [], total: 0 }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const url = `http://127.0.0.1:${port}`;
  const client = createOpenWearables({ url, apiKey: 'sk-1', onFailure: () => undefined });
  const connections = () =>
    new Promise<number>((resolve, reject) => {
      server.getConnections((error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    });
  return {
    ...{ seen, resets, client, connections },
    async [Symbol.asyncDispose]() {
      await client.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('what Open Wearables receives', () => {
  it('is the key in its own header and an opaque id: never an e-mail, never a name', async () => {
    await using server = await listening();
    await server.client.findOrCreateUser('wx:1');
    expect(server.seen).toEqual([
      { key: 'sk-1', body: '' },
      { key: 'sk-1', body: '{"external_user_id":"wx:1"}' },
    ]);
  });

  it('is at most four connections at once', async () => {
    await using server = await listening();
    await Promise.all(Array.from({ length: 20 }, () => server.client.probe()));
    expect(await server.connections()).toBeLessThanOrEqual(4);
  });

  it('is the end of an idle connection before its own five seconds are over', async () => {
    await using server = await listening();
    await server.client.probe();
    const idleSince = performance.now();
    await until('the idle connection is closed', async () => (await server.connections()) === 0, 10_000);
    expect(performance.now() - idleSince).toBeLessThan(4_500);
  });

  it('is a request once: a reset of a connection that served before is told to the caller, not tried again', async () => {
    await using server = await listening();
    await server.client.probe();
    server.resets.isDue = true;
    await expect(server.client.probe()).rejects.toMatchObject({ kind: 'Unreachable', retryable: true });
    expect(server.seen).toHaveLength(2);
    server.resets.isDue = false;
    await server.client.probe();
  });
});
