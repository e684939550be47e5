import { mkdtemp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const anHour = 3_600_000;

/** True when the path names something that exists. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Fills a folder exactly once: `fill` works in a temporary sibling, which is renamed when it is complete. Two processes
 * that install at once both end with the folder of the first one; a killed install leaves nothing the next one trusts.
 */
export async function installOnce(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  if (await exists(folder)) return;
  const parent = dirname(folder);
  const prefix = `${basename(folder)}.partial-`;
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, prefix);
  const partial = await mkdtemp(join(parent, prefix));
  try {
    await fill(partial);
    await rename(partial, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** No install takes an hour: an older temporary folder belongs to one that was killed. */
async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(parent, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > anHour) await rm(path, { recursive: true, force: true });
  }
}
