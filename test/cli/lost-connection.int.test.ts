import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { until } from '../../dev/journey/until.js';
import { freePort } from '../../dev/servers/ports.js';
import { startPostgresProxy, type PostgresProxy } from '../helpers/postgres-proxy.js';
import { startTestWorld, type TestWorld } from '../helpers/test-world.js';

vi.setConfig({ testTimeout: 60_000 });

let world: TestWorld;
let proxy: PostgresProxy;
let api: ChildProcess;
let ready: () => Promise<number>;
beforeAll(async () => {
  world = await startTestWorld();
  proxy = await startPostgresProxy(world.config.DATABASE_URL);
  const port = await freePort();
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const environment = { ...world.environment, DATABASE_URL: proxy.url, PORT: String(port) };
  const env = { PATH: process.env['PATH'], ...environment };
  api = spawn(process.execPath, ['--import', 'tsx', main, 'api'], { env, stdio: 'ignore' });
  ready = () =>
    fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ status }) => status,
      () => 0,
    );
});
afterAll(async () => {
  api.kill('SIGKILL');
  proxy.close();
  await world.close();
});

it('a service whose database ends a connection while it opens lives, and is well again with the next one', async () => {
  await until('it is ready', async () => (await ready()) === 200);
  proxy.endNext();
  await world.app.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await until('a connection was ended while it opened', async () => {
    await ready();
    return proxy.hasEnded;
  });
  await until('it is ready again', async () => (await ready()) === 200);
  expect(api.exitCode).toBeNull();
});
