import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module that a process of the program loads before everything else, so that its machine or a library misbehaves. */
export interface Preloaded {
  /** To be added to the environment of the process. */
  readonly environment: { readonly NODE_OPTIONS: string };
  remove(): Promise<void>;
}

export async function preloaded(source: string): Promise<Preloaded> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-preloaded-'));
  const file = path.join(folder, 'preloaded.mjs');
  await writeFile(file, source);
  return {
    environment: { NODE_OPTIONS: `--import ${pathToFileURL(file).href}` },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
