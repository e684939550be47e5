import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processIdentity } from '../../../dev/servers/process-identity.js';
import { reapLeftovers, recordPid, stopProcess } from '../../../dev/servers/processes.js';
import { listener, temporaryFolder, until } from './world.js';

const deafProgram = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)";

function sleeper(program = 'setInterval(() => {}, 1000)'): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('Node could not be started.');
  return Object.assign(child, { pid: child.pid });
}

/** Rewrites the only record of a state folder. */
function alterRecord(stateDir: string, change: Record<string, unknown>): void {
  const [name = ''] = readdirSync(stateDir);
  const file = join(stateDir, name);
  const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(Object.assign({}, record, change)));
}

test('a process that listens to SIGTERM is stopped by it', async () => {
  const child = sleeper();
  await stopProcess(child.pid, { graceMs: 5_000 });
  expect(processIdentity(child.pid)).toBeUndefined();
  await until(() => child.signalCode === 'SIGTERM');
});

test('a process that ignores SIGTERM is ended after the grace time', async () => {
  const child = sleeper(deafProgram);
  if (child.stdout) await once(child.stdout, 'data');
  await stopProcess(child.pid, { graceMs: 50 });
  expect(processIdentity(child.pid)).toBeUndefined();
  await until(() => child.signalCode === 'SIGKILL');
});

test('stopping a process that is gone is no error', async () => {
  const child = sleeper();
  await stopProcess(child.pid, { graceMs: 5_000 });
  await expect(stopProcess(child.pid, { graceMs: 5_000 })).resolves.toBeUndefined();
});

test('a leftover of a parent that is gone is ended, with its files', async () => {
  const folder = temporaryFolder();
  const stateDir = join(folder, 'state');
  const data = join(folder, 'data');
  mkdirSync(data);
  const child = sleeper();
  const { say, lines } = listener();
  recordPid(
    { part: 'Postgres', pid: child.pid, signal: 'SIGTERM', belongings: { own: [data], shared: [] } },
    stateDir,
  );
  alterRecord(stateDir, { parentIdentity: 'of an earlier process with this pid' });

  expect(await reapLeftovers({ say, stateDir })).toBe(1);

  expect(processIdentity(child.pid)).toBeUndefined();
  expect(existsSync(data)).toBe(false);
  expect(readdirSync(stateDir)).toEqual([]);
  expect(lines).toEqual([`Ending Postgres (process ${child.pid}), left behind by a run that was killed.`]);
});

test('a server whose parent lives is left alone', async () => {
  const stateDir = temporaryFolder();
  const child = sleeper();
  recordPid(
    { part: 'Postgres', pid: child.pid, signal: 'SIGTERM', belongings: { own: [], shared: [] } },
    stateDir,
  );

  expect(await reapLeftovers({ say: listener().say, stateDir })).toBe(0);

  expect(processIdentity(child.pid)).toBeDefined();
  expect(readdirSync(stateDir)).toHaveLength(1);
});

test('another program that got the recorded pid is left alone', async () => {
  const stateDir = temporaryFolder();
  const child = sleeper();
  recordPid(
    { part: 'Postgres', pid: child.pid, signal: 'SIGTERM', belongings: { own: [], shared: [] } },
    stateDir,
  );
  alterRecord(stateDir, { parentIdentity: 'gone', identity: 'of an earlier process with this pid' });

  expect(await reapLeftovers({ say: listener().say, stateDir })).toBe(0);

  expect(processIdentity(child.pid)).toBeDefined();
  expect(readdirSync(stateDir)).toEqual([]);
});

test('a file that is no record is passed over', async () => {
  const stateDir = temporaryFolder();
  writeFileSync(join(stateDir, 'strange.json'), '{"pid": 1, "identity":');
  expect(await reapLeftovers({ say: listener().say, stateDir })).toBe(0);
});
