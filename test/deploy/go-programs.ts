import { execFile } from 'node:child_process';
import { cp, rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { defaultCacheDir } from '../../dev/servers/folders.js';
import { installOnce } from '../../dev/servers/install-once.js';
import { PartUnavailable } from '../../dev/servers/part-unavailable.js';

const LOADER = fileURLToPath(new URL('compose-loader/', import.meta.url));
/** From nothing on two busy cores. */
const PATIENCE_MS = 40 * 60_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The program that reads Compose files as Docker Compose does, built once into the cache folder. */
export async function composeLoader(): Promise<string> {
  const folder = path.join(defaultCacheDir(), 'compose-loader-2.16.2');
  await installOnce(folder, async (partial) => {
    say('Building the loader of Compose files with Go (half a minute, once) ...');
    await go('the loader of Compose files', ['install', '.'], { GOBIN: path.join(partial, 'bin') }, LOADER);
  });
  return path.join(folder, 'bin', 'compose-loader');
}

export interface TemporalPrograms {
  /** The folder of `temporal-server` and `temporal-sql-tool`. */
  readonly programs: string;
  /** The folder of the tables' definitions, by store. */
  readonly schemas: string;
}

/** The programs of Temporal's images of a version, `1.32.0`, built once from its source into the cache folder. */
export async function temporalPrograms(version: string): Promise<TemporalPrograms> {
  const folder = path.join(defaultCacheDir(), `temporal-server-${version}`);
  const [programs, schemas] = [path.join(folder, 'bin'), path.join(folder, 'schemas')];
  await installOnce(folder, async (partial) => {
    say(`Building the Temporal server ${version} with Go (five minutes or more, once) ...`);
    const [what, bin] = [`the Temporal server ${version}`, path.join(partial, 'bin')];
    const module = `go.temporal.io/server`;
    await go(what, ['install', `${module}/cmd/server@v${version}`, `${module}/cmd/tools/sql@v${version}`], {
      GOBIN: bin,
    });
    await rename(path.join(bin, 'server'), path.join(bin, 'temporal-server'));
    await rename(path.join(bin, 'sql'), path.join(bin, 'temporal-sql-tool'));
    const told = await go(what, ['mod', 'download', '-json', `${module}@v${version}`], {});
    const { Dir: source } = z.object({ Dir: z.string() }).parse(JSON.parse(told));
    await cp(path.join(source, 'schema/postgresql/v12'), path.join(partial, 'schemas'), { recursive: true });
  });
  return { programs, schemas };
}

/** Runs Go and answers what it wrote; throws PartUnavailable with what to do. */
async function go(
  what: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = defaultCacheDir(),
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('go', args, {
      cwd,
      // Two compilers at once: each takes a core and up to two gigabytes.
      env: { ...process.env, GOFLAGS: '-p=2 -buildvcs=false', ...environment },
      timeout: PATIENCE_MS,
      maxBuffer: 2 ** 26,
    });
    return stdout;
  } catch (thrown) {
    const said = z.object({ stderr: z.string() }).safeParse(thrown);
    const last = said.success ? said.data.stderr.trim().split('\n').slice(-3).join('\n') : '';
    throw new PartUnavailable(
      `${what} could not be built${last === '' ? '' : `:\n${last}\n`}. These tests need Go 1.26.8 or newer ` +
        '(https://go.dev/dl) on the search path, and a module proxy that it reaches (GOPROXY); nothing is tested without.',
    );
  }
}
