import { connect, createServer } from 'node:net';
import { startSandbox } from './open-wearables/sandbox.js';

/**
 * The sandbox Open Wearables as a process of its own, for demonstrations in containers. It listens on loopback only and
 * its pages name that address, which is also where a browser on the host finds it; other containers come in by the door.
 */
async function serveSandbox(environment: NodeJS.ProcessEnv): Promise<void> {
  const { OW_PORT = '8000', DOOR_PORT = '8080', OW_API_KEY: apiKey } = environment;
  if (apiKey === undefined || apiKey === '') throw new Error('OW_API_KEY is missing');
  const sandbox = await startSandbox({ port: Number(OW_PORT), apiKey });
  const door = createServer((visitor) => {
    const inside = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    visitor.pipe(inside).pipe(visitor);
    visitor.on('error', () => inside.destroy());
    inside.on('error', () => visitor.destroy());
  });
  door.listen(Number(DOOR_PORT));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      door.close();
      void sandbox.close();
    });
  }
}

await serveSandbox(process.env);
