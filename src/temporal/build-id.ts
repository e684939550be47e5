import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../version.js';
import { workflowsPath } from './workflows-path.js';

/**
 * Names the workflow code of this program, as `0.1.0-1f0c4a9e52b7`: the same on every machine that has the same
 * program, another one as soon as a workflow file changes.
 */
export function buildId(folder = path.dirname(workflowsPath())): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (!/(?<!\.d)\.[jt]s$/.test(name)) continue;
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(folder, name)))
      .update('\0');
  }
  return `${version}-${hash.digest('hex').slice(0, 12)}`;
}
