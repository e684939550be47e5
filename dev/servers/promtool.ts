import { execFile } from 'node:child_process';
import { delimiter, isAbsolute, join } from 'node:path';
import { defaultCacheDir } from './folders.js';
import { exists, installOnce } from './install-once.js';
import { PartUnavailable } from './part-unavailable.js';
import { run } from './run-quietly.js';
import type { Say } from './say.js';

export interface PromtoolSearch {
  /** PROMTOOL_PATH: when set, only this one counts. */
  readonly configured: string | undefined;
  /** PATH. */
  readonly searchPath: string | undefined;
  readonly cacheDir?: string | undefined;
  readonly say: Say;
}

const VERSION = 'v0.316.0';
const MODULE = `github.com/prometheus/prometheus/cmd/promtool@${VERSION}`;
/** The clouds whose machines Prometheus can find are most of the program, and nothing here needs them. */
const TAGS = 'remove_all_sd,enable_dns_sd';
const TIMEOUT_MS = 20 * 60_000;

/**
 * The path of a promtool that runs: the configured one, the one on the search path, the one in the cache folder, or one
 * that is built into it. Throws PartUnavailable with what to do.
 */
export async function findPromtool(search: PromtoolSearch): Promise<string> {
  const { configured, searchPath, cacheDir = defaultCacheDir(), say } = search;
  if (configured) {
    if (await isPromtool(configured)) return configured;
    throw new PartUnavailable('PROMTOOL_PATH does not name a promtool that runs. Correct it or unset it.');
  }
  for (const folder of (searchPath ?? '').split(delimiter).filter(isAbsolute)) {
    const executable = join(folder, 'promtool');
    if ((await exists(executable)) && (await isPromtool(executable))) return executable;
  }
  const folder = join(cacheDir, `promtool-${VERSION}`);
  await installOnce(folder, async (partial) => {
    say(`Building promtool with go install ${MODULE} (some minutes) ...`);
    const args = ['install', '-tags', TAGS, MODULE];
    const isBuilt = await run('go', args, { env: { GOBIN: join(partial, 'bin') }, timeoutMs: TIMEOUT_MS });
    if (isBuilt && (await isPromtool(join(partial, 'bin', 'promtool')))) return;
    throw new PartUnavailable(
      'promtool could not be had: it is not on PATH, and go does not build it. ' +
        'Install Prometheus (it has promtool) or Go, or set PROMTOOL_PATH.',
    );
  });
  return join(folder, 'bin', 'promtool');
}

/** The first run of a fresh 80 MB program reads it from disk: it gets time. */
function isPromtool(executable: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(executable, ['--version'], { timeout: 30_000 }, (error, stdout) => {
      resolve(error === null && stdout.startsWith('promtool, version'));
    });
  });
}
