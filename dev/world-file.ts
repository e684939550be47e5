import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WORLD_FILE } from '../src/cli/world-file.js';

/** Tells the other commands of this folder how to reach the running world; answers how to take that back. */
export async function announceWorld(
  environment: Readonly<Record<string, string>>,
  urls: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  await mkdir(path.dirname(WORLD_FILE), { recursive: true });
  const text = JSON.stringify({ pid: process.pid, environment, urls }, null, 2);
  await writeFile(WORLD_FILE, `${text}\n`, { mode: 0o600 });
  return () => rm(WORLD_FILE, { force: true });
}
