import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloaded programs are kept between runs: the cache folder of the user who runs the world. */
export function defaultCacheDir(): string {
  const caches = process.platform === 'darwin' ? join('Library', 'Caches') : '.cache';
  return join(homedir(), caches, 'wearable-exchange');
}

/** Where the pids and logs of running servers are kept, so that the next start finds what a killed one left. */
export function defaultStateDir(): string {
  return join(defaultCacheDir(), 'running');
}
