import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The entry of all workflow code: TypeScript when run from sources, JavaScript after a build. */
export function workflowsPath(): string {
  const source = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('../workflows/index.js', import.meta.url));
}
