import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchTemporalCli } from '../../../dev/servers/temporal-cli.js';
import type { Installer } from '../../../dev/servers/temporal-installers.js';
import { listener, temporaryFolder } from './world.js';

function program(folder: string, says: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'temporal');
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}

const cli = (folder: string) => program(folder, 'temporal version 1.9.1 (Server 1.32.0)');

const working: Installer = {
  name: 'a working way',
  install: (folder) => Promise.resolve(cli(join(folder, 'bin')) !== ''),
};
const failing: Installer = { name: 'a failing way', install: () => Promise.resolve(false) };
const broken: Installer = {
  name: 'a way that installs a broken program',
  install: (folder) => Promise.resolve(program(join(folder, 'bin'), 'cannot run here') !== ''),
};

test('the configured program comes first, then the search path, then the cache', async () => {
  const folder = temporaryFolder();
  const configured = cli(join(folder, 'configured'));
  const onPath = cli(join(folder, 'path'));
  const cached = cli(join(folder, 'cache', 'temporal-cli', 'bin'));
  const search = { cacheDir: join(folder, 'cache'), installers: [], say: listener().say };
  const searchPath = `${folder}/nowhere:${folder}/path`;
  expect(await searchTemporalCli({ ...search, configured, searchPath })).toBe(configured);
  expect(await searchTemporalCli({ ...search, configured: undefined, searchPath })).toBe(onPath);
  expect(await searchTemporalCli({ ...search, configured: undefined, searchPath: undefined })).toBe(cached);
});

test('a configured program that does not run is an error, not a reason to take another', async () => {
  const folder = temporaryFolder();
  const search = { searchPath: undefined, cacheDir: folder, installers: [working], say: listener().say };
  await expect(searchTemporalCli({ ...search, configured: join(folder, 'none') })).rejects.toThrow(
    'TEMPORAL_CLI_PATH does not name a Temporal CLI that runs. Correct it or unset it.',
  );
});

test('another program called temporal on the search path is passed over', async () => {
  const folder = temporaryFolder();
  program(join(folder, 'path'), 'a different tool');
  const cached = cli(join(folder, 'temporal-cli', 'bin'));
  const search = {
    configured: undefined,
    searchPath: join(folder, 'path'),
    cacheDir: folder,
    say: listener().say,
  };
  expect(await searchTemporalCli(search)).toBe(cached);
});

test('each way is tried and told until one gives a program that runs', async () => {
  const cacheDir = temporaryFolder();
  const { say, lines } = listener();
  const search = { configured: undefined, searchPath: undefined, cacheDir, say };
  const found = await searchTemporalCli({ ...search, installers: [failing, broken, working] });
  expect(found).toBe(join(cacheDir, 'temporal-cli', 'bin', 'temporal'));
  expect(lines).toEqual([
    'Getting the Temporal CLI: a failing way ...',
    'Getting the Temporal CLI: a way that installs a broken program ...',
    'Getting the Temporal CLI: a working way ...',
  ]);
  expect(await searchTemporalCli({ ...search, installers: [] })).toBe(found);
});

test('without any way the message says what to do, and the cache stays empty', async () => {
  const cacheDir = temporaryFolder();
  const search = { configured: undefined, searchPath: undefined, cacheDir, say: listener().say };
  await expect(searchTemporalCli({ ...search, installers: [failing, broken] })).rejects.toThrow(
    'Install it and set TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a server of your own.',
  );
  expect(readdirSync(cacheDir)).toEqual([]);
});

test('two searches that install at once both find the program', async () => {
  const cacheDir = temporaryFolder();
  const search = {
    configured: undefined,
    searchPath: undefined,
    cacheDir,
    installers: [working],
    say: listener().say,
  };
  const found = await Promise.all([searchTemporalCli(search), searchTemporalCli(search)]);
  const expected = join(cacheDir, 'temporal-cli', 'bin', 'temporal');
  expect(found).toEqual([expected, expected]);
  expect(readdirSync(cacheDir)).toEqual(['temporal-cli']);
});
