import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../dev/servers/postgres.js';
import { findTemporalCli } from '../../dev/servers/temporal.js';
import { workflowsPath } from '../../src/temporal/workflows-path.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    workflowBundle: string;
  }
}

/** Once a run: the Postgres cluster that every file makes its own database in, and the workflow bundle. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = () => undefined;
  const home = await mkdtemp(path.join(os.tmpdir(), 'wearable-exchange-tests-'));
  const [postgres, bundle] = await Promise.all([
    startPostgres({ dataDir: path.join(home, 'postgres'), persistent: false, say }),
    bundleWorkflowCode({ workflowsPath: workflowsPath(), logger: new DefaultLogger('ERROR') }),
    // Installed here, so that no file installs it while another one waits.
    findTemporalCli({ say }),
  ]);
  project.provide('postgresUrl', postgres.url);
  project.provide('workflowBundle', bundle.code);
  return async () => {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
}
