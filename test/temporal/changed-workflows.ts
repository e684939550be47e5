import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { workflowsPath } from '../../src/temporal/workflows-path.js';

/** What a later version has instead of a piece of text. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The bundle of a later version of the workflows: today's code with these changes. */
export async function changedWorkflows(changes: readonly Change[]): Promise<WorkflowBundleWithSourceMap> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-workflows-'));
  try {
    const folder = path.join(home, 'workflows');
    await cp(path.dirname(workflowsPath()), folder, { recursive: true });
    await symlink(
      fileURLToPath(new URL('../../node_modules', import.meta.url)),
      path.join(home, 'node_modules'),
    );
    for (const { file, from, to } of changes) {
      const text = await readFile(path.join(folder, file), 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not have this once: ${from}`);
      await writeFile(path.join(folder, file), text.replace(from, to));
    }
    return await bundleWorkflowCode({
      workflowsPath: path.join(folder, 'index.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
