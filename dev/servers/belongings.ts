import { readdirSync, rmSync, rmdirSync } from 'node:fs';
import { z } from 'zod';

/** What a started process leaves on disk. */
export const belongings = z.object({
  /** Files and folders that we made ourselves and nobody else writes to: removed with all they hold. */
  own: z.array(z.string()),
  /** Folders whose path came from outside: removed only when nothing is in them any more. */
  shared: z.array(z.string()),
});
export type Belongings = z.infer<typeof belongings>;

/** Removes what belonged to a process. A path that came from outside never takes files of others with it. */
export function removeBelongings({ own, shared }: Belongings): void {
  for (const path of own) rmSync(path, { recursive: true, force: true });
  for (const folder of shared) {
    if (isEmptyFolder(folder)) rmdirSync(folder);
  }
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}
