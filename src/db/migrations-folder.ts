import { existsSync } from 'node:fs';

/** The folder of the SQL files: beside `src` in the sources, one level further up from a build. */
export function migrationsFolder(): URL {
  const beside = new URL('../../migrations/', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../../migrations/', import.meta.url);
}
