// Runs the built program as an installation does: other folder, own servers on free ports, a real start and stop.
// `node dev/smoke.mjs [folder]`: the folder that holds dist and node_modules; without it, this one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, isAnswering } from '../dist/dev/servers/ports.js';
import { startPostgres } from '../dist/dev/servers/postgres.js';
import { startTemporal } from '../dist/dev/servers/temporal.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const installation = path.resolve(process.argv[2] ?? root);
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const STOP_MS = 15_000;
const READY_MS = 60_000;
const CONVERT_MS = 1000;

const say = (line) => console.log(`  ${line}`);
const undo = [];
process.exitCode = 1;
try {
  const home = await mkdtemp(path.join(tmpdir(), 'wearable-exchange-smoke-'));
  undo.push(() => rm(home, { recursive: true, force: true }));
  await saysWhatItIs(home);
  await namesEveryMistake(home);
  await convertsAtOnce(home);
  const environment = await startServers(home);
  await startsAndStops(home, environment);
  process.exitCode = 0;
} finally {
  for (const step of undo.reverse()) await step();
}
console.log('Smoke of the built program: passed.');

async function saysWhatItIs(home) {
  assert.equal((await run(home, {}, '--version')).stdout.trim(), version);
  assert.match((await run(home, {}, '--help')).stdout, /^ {2}serve .*HTTP and workers in one process$/m);
  await run(home, {}, 'no-such-command').then(
    () => assert.fail('an unknown command must fail'),
    (failure) => assert.match(failure.message, /ended with 2/),
  );
  say('says its version and its help, refuses an unknown command');
}

async function namesEveryMistake(home) {
  const wrong = { DATABASE_URL: 'mysql://user:planted@host/db', SECRET_KEY: 'planted', PORT: '99999' };
  const failure = await run(home, wrong, 'serve').then(
    () => assert.fail('a wrong configuration must fail'),
    ({ message }) => message,
  );
  assert.match(failure, /ended with 1/);
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SECRET_KEY', 'PORT'])
    assert.match(failure, new RegExp(`^ {2}${name}: `, 'm'));
  assert.doesNotMatch(failure, /planted/);
  say('names every mistake of a configuration at once, and no secret');
}

async function convertsAtOnce(home) {
  const sample = { timestamp: '2026-08-07T08:05:00Z', type: 'heart_rate', value: 61 };
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    const running = start(home, {}, main(), 'convert', 'heart_rate', '--source', 'ow_normalized');
    running.child.stdin.end(`${JSON.stringify(sample)}\n`);
    const [code] = await once(running.child, 'close');
    times.push(performance.now() - began);
    assert.equal(code, 0, running.stderr);
    assert.deepEqual(JSON.parse(running.stdout).body.heart_rate, { value: 61, unit: 'beats/min' });
  }
  const median = Math.round(times.sort((one, other) => one - other)[2]);
  assert.ok(median < CONVERT_MS, `convert took ${median} ms`);
  say(`converts a sample without any server, ${median} ms from its start to its end`);
}

async function startServers(home) {
  const postgres = await startPostgres({ dataDir: path.join(home, 'postgres'), persistent: false, say });
  undo.push(() => postgres.stop());
  const temporal = await startTemporal({ uiPort: null, say });
  undo.push(() => temporal.stop());
  const [web, sandboxPort, door] = [await freePort(), await freePort(), await freePort()];
  const OW_API_KEY = 'sk-smoke';
  const ports = { OW_PORT: String(sandboxPort), DOOR_PORT: String(door), OW_API_KEY };
  const sandbox = start(home, ports, path.join(installation, 'dist/dev/serve-sandbox.js'));
  undo.push(() => stop(sandbox, 'the sandbox'));
  await until('the sandbox answers', sandbox, () => isAnswering(door));
  return {
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    SECRET_KEY: 'only for this smoke, and long enough',
    PORT: String(web),
    SITE_URL: `http://localhost:${web}`,
    OW_API_URL: `http://127.0.0.1:${door}`,
    OW_API_KEY,
  };
}

async function startsAndStops(home, environment) {
  const command = (...args) => run(home, environment, ...args);
  assert.match((await command('migrate')).stdout, /\d+ migration\(s\) applied/);
  assert.match((await command('migrate')).stdout, /up to date/);
  await command('seed');
  say('migrates and seeds');

  const served = start(home, environment, main(), 'serve');
  undo.push(() => stop(served, 'serve'));
  const site = `http://127.0.0.1:${environment.PORT}`;
  await until('the service is ready', served, () => fetch(`${site}/ready`).then(({ ok }) => ok));
  assert.deepEqual(await (await fetch(`${site}/health`)).json(), { status: 'ok', version });
  const page = await (await fetch(`${site}/admin/sign-in`)).text();
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address);
  assert.ok(assets.length > 0, 'a page loads its own assets');
  for (const address of assets) assert.equal((await fetch(site + address)).status, 200, address);
  say('serves: ready, healthy, pages with their assets');

  await command('settings', 'set', 'module.ow', 'true');
  const poll = JSON.parse((await command('poll', '--json')).stdout);
  assert.equal(poll.message, 'OW poll complete (mode=normalized). Created 0 observations.');
  const { checks } = JSON.parse((await command('status', '--json')).stdout);
  assert.deepEqual(
    checks.filter(({ ok }) => !ok),
    [],
  );
  say('polls through its own workflow bundle, and its status is well');

  assert.equal(await stop(served, 'serve'), 0);
  assert.equal(await isAnswering(Number(environment.PORT)), false, 'the port is free again');
  say('stops when told to, with nothing left');
}

function main() {
  return path.join(installation, 'dist/src/main.js');
}

/** Starts a program of the installation; what it writes is kept for the moment it fails. */
function start(home, environment, ...args) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, args, { cwd: home, env: { PATH, HOME, ...environment } });
  const running = { child, stdout: '', stderr: '', exit: once(child, 'exit') };
  child.stdout.on('data', (chunk) => (running.stdout += chunk));
  child.stderr.on('data', (chunk) => (running.stderr += chunk));
  return running;
}

async function run(home, environment, ...args) {
  const running = start(home, environment, main(), ...args);
  const code = await Promise.race([
    once(running.child, 'close').then(([status]) => status),
    pause(READY_MS, undefined, { ref: false }),
  ]);
  if (code === 0) return running;
  running.child.kill('SIGKILL');
  throw new Error(`${args.join(' ')} ended with ${code}:\n${running.stdout}${running.stderr}`);
}

/** Asks a program to stop; answers its exit code, throws when it lingers. */
async function stop({ child, exit }, name) {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const ended = await Promise.race([exit, pause(STOP_MS, undefined, { ref: false })]);
  if (ended === undefined) child.kill('SIGKILL');
  assert.ok(ended, `${name} did not stop within ${STOP_MS / 1000} s`);
  return ended[0];
}

async function until(what, running, ask) {
  const deadline = performance.now() + READY_MS;
  while (!(await ask().catch(() => false))) {
    const gone = running.child.exitCode !== null;
    if (gone || performance.now() > deadline)
      throw new Error(`waited in vain until ${what}:\n${running.stdout}${running.stderr}`);
    await pause(100);
  }
}
