import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '../../../dev/journey/until.js';
import { connectedUser, openSandbox } from './client.js';

const SECRET = `whsec_${Buffer.from('a secret of this test').toString('base64')}`;
const event = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });

/** A receiver that verifies as a real one does. */
async function receiving() {
  const events: z.infer<typeof event>[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const of = (name: string) => String(request.headers[`svix-${name}`]);
      const names = ['id', 'timestamp', 'signature'].map((name) => [`webhook-${name}`, of(name)]);
      events.push(event.parse(new Webhook(SECRET).verify(body, Object.fromEntries(names) as never)));
      response.writeHead(204).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`;
  const close = () =>
    new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
  return { events, url, [Symbol.asyncDispose]: close };
}

const keysOf = (data: Readonly<Record<string, unknown>> | undefined) => Object.keys(data ?? {}).sort();

it('a new connection is told from its creation to the end of its history, signed, as recorded', async () => {
  await using receiver = await receiving();
  await using sandbox = await openSandbox({ historyRunMs: 0, historyDays: 2 });
  sandbox.control.sendWebhooksTo({ url: receiver.url, secret: SECRET });
  const userId = await connectedUser(sandbox);
  const told = (type: string) => receiver.events.find((one) => one.type === type)?.data;
  await until('the end of the history is told', () => Promise.resolve(told('sync.completed') !== undefined));

  const types = receiver.events.map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(['connection.created', 'sync.started']);
  expect(types).toEqual(expect.arrayContaining(['heart_rate.created', 'series.heart_rate.created']));
  expect(receiver.events.every(({ data }) => data['user_id'] === userId)).toBe(true);
  expect(sandbox.control.webhooks.every(({ status }) => status === 204)).toBe(true);
  expect(keysOf(told('connection.created'))).toEqual([
    'connected_at',
    'connection_id',
    'provider',
    'user_id',
  ]);
  expect(keysOf(told('heart_rate.created'))).toEqual([
    ...['end_time', 'provider', 'sample_count', 'samples', 'series_type', 'start_time', 'user_id'],
  ]);
  sandbox.control.setConnection(userId, 'oura', { status: 'revoked' });
  await until('the revocation is told', () => Promise.resolve(told('connection.revoked') !== undefined));
  expect(keysOf(told('connection.revoked'))).toEqual([
    ...['connection_id', 'provider', 'reason', 'revoked_at', 'user_id'],
  ]);
});
