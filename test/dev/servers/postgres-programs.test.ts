import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PartUnavailable } from '../../../dev/servers/part-unavailable.js';
import { linkLibraries } from '../../../dev/servers/postgres-binaries.js';
import { closedFolder, openWay } from '../../../dev/servers/postgres-user.js';
import { temporaryFolder } from './world.js';

const stranger = { uid: 65_534, gid: 65_534 };

/** A package with one library, no link yet, and an install script that makes it. */
function packageWithoutLinks(script: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'native'));
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'native', 'libone.so.1'), '');
  const links = [{ source: 'native/libone.so.1', target: 'native/libone.so' }];
  writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'scripts', 'hydrate-symlinks.js'), script);
  return folder;
}

test('libraries whose links the install did not make are linked', () => {
  const folder = packageWithoutLinks(
    "import fs from 'node:fs'; fs.symlinkSync('libone.so.1', 'native/libone.so')",
  );
  linkLibraries(folder);
  expect(existsSync(join(folder, 'native', 'libone.so'))).toBe(true);
});

test('libraries that cannot be linked are told', () => {
  const folder = packageWithoutLinks('');
  expect(() => {
    linkLibraries(folder);
  }).toThrow(PartUnavailable);
});

test('the way into a private temporary folder opens for the server alone', () => {
  const folder = temporaryFolder();
  const inner = join(folder, 'inner');
  mkdirSync(inner, { mode: 0o755 });
  expect(closedFolder(inner, stranger)).toBe(folder);
  const group = { uid: stranger.uid, gid: process.getgid?.() === 0 ? stranger.gid : statSync(folder).gid };
  openWay(inner, group);
  expect(closedFolder(inner, group)).toBeUndefined();
  expect(statSync(folder).mode & 0o777).toBe(0o710);
});

test('a folder that others share is not opened, but named', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o740);
  expect(() => {
    openWay(folder, { uid: stranger.uid, gid: 65_533 });
  }).toThrow(`may not enter ${folder}. Choose a data folder elsewhere (--data DIR)`);
  expect(statSync(folder).mode & 0o777).toBe(0o740);
});
