// Makes a fresh clone runnable: checks Node, then installs the locked dependencies if they are missing or stale.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`wearable-exchange needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const installed = `${root}node_modules/.package-lock.json`;
const isStale = () =>
  !existsSync(installed) || statSync(installed).mtimeMs < statSync(`${root}package-lock.json`).mtimeMs;
if (existsSync(`${root}package-lock.json`) && isStale()) {
  console.error('Installing the locked dependencies (about 40 seconds, once) ...');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(
      'npm ci failed: see above; the usual causes are no network or a registry that needs a proxy.',
    );
    process.exit(status ?? 1);
  }
}
