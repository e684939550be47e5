import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, isAnswering, PortTaken, requirePort } from '../../../dev/servers/ports.js';

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer().listen({ port, host });
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return server;
}

test('a free port can be listened on', async () => {
  const port = await freePort();
  await expect(requirePort(port, 'Temporal', '--temporal-port')).resolves.toBeUndefined();
  expect(await isAnswering(port)).toBe(false);
  await listen(port, '127.0.0.1');
  expect(await isAnswering(port)).toBe(true);
});

test('free ports differ, and none is one that an outgoing connection may take', async () => {
  const ports = [];
  for (let count = 0; count < 50; count++) ports.push(await freePort());
  expect(new Set(ports).size).toBe(50);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is told with part and option', async (host) => {
  const port = await freePort();
  await listen(port, host);
  const refusal = requirePort(port, 'Temporal', '--temporal-port');
  await expect(refusal).rejects.toThrow(PortTaken);
  await expect(refusal).rejects.toThrow(
    `Port ${port}, wanted for Temporal, is taken by another program. ` +
      'Stop that program or choose another port with --temporal-port.',
  );
});
