import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../dev/servers/ports.js';
import { startPostgres, type PostgresOptions, type PostgresServer } from '../../../dev/servers/postgres.js';
import { processIdentity } from '../../../dev/servers/process-identity.js';
import { serverOfKilledParent } from './careless-parent.js';
import { listener, temporaryFolder } from './world.js';

function world() {
  const folder = temporaryFolder();
  return { folder, dataDir: join(folder, 'postgres'), stateDir: join(folder, 'state'), ...listener() };
}

async function start(options: PostgresOptions): Promise<PostgresServer> {
  const server = await startPostgres(options);
  onTestFinished(() => server.stop());
  return server;
}

async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await question(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const isRunning = (pid: number | null) => pid !== null && processIdentity(pid) !== undefined;

describe('a throw-away Postgres', () => {
  test('answers as superuser in UTF8 and UTC, and leaves no process and no file', async () => {
    const { dataDir, stateDir, say } = world();
    const server = await start({ dataDir, stateDir, persistent: false, say });
    const [row] = await ask(
      server.url,
      (sql) => sql`
        select current_setting('is_superuser') as superuser, current_setting('server_encoding') as encoding,
               current_setting('timezone') as zone, current_setting('fsync') as fsync, current_database() as database`,
    );
    expect(row).toEqual({
      superuser: 'on',
      encoding: 'UTF8',
      zone: 'UTC',
      fsync: 'off',
      database: 'postgres',
    });
    expect(isRunning(server.pid)).toBe(true);
    await server.stop();
    expect(isRunning(server.pid)).toBe(false);
    expect(existsSync(dataDir)).toBe(false);
    expect(readdirSync(stateDir)).toEqual([]);
  });

  test('refuses a folder that holds other files, and keeps them', async () => {
    const { dataDir, stateDir, say } = world();
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'thesis.txt'), 'years of work');
    const used = start({ dataDir, stateDir, persistent: false, say });
    await expect(used).rejects.toThrow('holds other files. Choose an empty one (--data DIR).');
    expect(readdirSync(dataDir)).toEqual(['thesis.txt']);
  });

  test('takes nothing with it that others put into its folder later', async () => {
    const { dataDir, stateDir, say } = world();
    const server = await start({ dataDir, stateDir, persistent: false, say });
    writeFileSync(join(dataDir, 'thesis.txt'), 'years of work');
    await server.stop();
    expect(readdirSync(dataDir)).toEqual(['thesis.txt']);
  });

  test('refuses the folder of one that keeps its data', async () => {
    const { dataDir, stateDir, say } = world();
    mkdirSync(join(dataDir, 'postgres-cluster'), { recursive: true });
    await expect(start({ dataDir, stateDir, persistent: false, say })).rejects.toThrow('holds other files');
    expect(readdirSync(dataDir)).toContain('postgres-cluster');
  });

  test('left by a killed run is ended, with its data, at the next start', async () => {
    const { dataDir, stateDir, say, lines } = world();
    const leftover = await serverOfKilledParent('postgres', { dataDir, stateDir });
    expect(isRunning(leftover)).toBe(true);
    const server = await start({ dataDir, stateDir, persistent: false, say });
    expect(isRunning(leftover)).toBe(false);
    expect(lines).toContain(`Ending Postgres (process ${leftover}), left behind by a run that was killed.`);
    await server.stop();
    expect(readdirSync(stateDir)).toEqual([]);
  });
});

test('a persistent Postgres keeps its data and its password, with normal safety', async () => {
  const { dataDir, stateDir, say } = world();
  const options = { dataDir, stateDir, persistent: true, say };
  const first = await start({ ...options, port: await freePort() });
  await ask(first.url, (sql) => sql`create table kept as select 1 as one`);
  await first.stop();
  const second = await start({ ...options, port: Number(new URL(first.url).port) });
  expect(second.url).toBe(first.url);
  const rows = await ask(second.url, (sql) => sql`select one, current_setting('fsync') as fsync from kept`);
  expect([...rows]).toEqual([{ one: 1, fsync: 'on' }]);
});

test('a second Postgres on the folder of a running one says why it stops, and the first one lives', async () => {
  const { dataDir, stateDir, say, lines } = world();
  const first = await start({ dataDir, stateDir, persistent: true, say });
  const second = start({ dataDir, stateDir, persistent: true, say });
  await expect(second).rejects.toThrow('Postgres stopped while starting. Its last lines are above.');
  expect(lines.join('\n')).toContain('lock file "postmaster.pid" already exists');
  expect(await ask(first.url, (sql) => sql`select 1 as one`)).toHaveLength(1);
});

test('the port of a running Postgres is told as taken, before any file is made; given as our own it is used, and not stopped', async () => {
  const { dataDir, stateDir, say } = world();
  const running = await start({ dataDir, stateDir, persistent: false, say });
  const other = { dataDir: `${dataDir}-2`, stateDir, persistent: false, say };
  await expect(start({ ...other, port: Number(new URL(running.url).port) })).rejects.toThrow(
    /^Port \d+, wanted for Postgres, is taken .* --postgres-port\.$/,
  );
  const server = await start({ ...other, external: running.url });
  expect(server).toMatchObject({ url: running.url, pid: null });
  await server.stop();
  expect(isRunning(running.pid)).toBe(true);
  expect(existsSync(other.dataDir)).toBe(false);
});

test('a Postgres of our own that does not answer is told without its password', async () => {
  const { dataDir, say, lines } = world();
  const external = `postgres://someone:secret-word@127.0.0.1:${await freePort()}/postgres`;
  const start = startPostgres({ dataDir, persistent: false, say, external });
  await expect(start).rejects.toThrow('The Postgres of DATABASE_URL does not answer');
  await expect(start).rejects.not.toThrow('secret-word');
  expect(lines.join('\n')).not.toContain('secret-word');
});
