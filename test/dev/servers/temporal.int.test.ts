import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePort, isAnswering } from '../../../dev/servers/ports.js';
import { processIdentity } from '../../../dev/servers/process-identity.js';
import {
  findTemporalCli,
  startTemporal,
  type TemporalOptions,
  type TemporalServer,
} from '../../../dev/servers/temporal.js';
import { serverOfExitedParent, serverOfKilledParent } from './careless-parent.js';
import { listener, temporaryFolder, until } from './world.js';

// The first run on a machine installs the program into the cache; that is no part of what is measured here.
beforeAll(async () => {
  await findTemporalCli({ say: listener().say });
}, 600_000);

async function start(options: Partial<TemporalOptions> & { stateDir: string }): Promise<TemporalServer> {
  const server = await startTemporal({ say: listener().say, uiPort: null, ...options });
  onTestFinished(() => server.stop());
  return server;
}

const portOf = (address: string) => Number(address.split(':')[1]);
const isRunning = (pid: number | null) => pid !== null && processIdentity(pid) !== undefined;

async function ask<T>(address: string, question: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await question(connection);
  } finally {
    await connection.close();
  }
}

const startWorkflow = (address: string, workflowId: string) =>
  ask(address, ({ workflowService }) =>
    workflowService.startWorkflowExecution({
      namespace: 'default',
      workflowId,
      workflowType: { name: 'any' },
      taskQueue: { name: 'nobody' },
      requestId: workflowId,
    }),
  );

const describeWorkflow = (address: string, workflowId: string) =>
  ask(address, ({ workflowService }) =>
    workflowService.describeWorkflowExecution({ namespace: 'default', execution: { workflowId } }),
  );

test('a Temporal server serves its namespace and UI, and leaves no process and no file', async () => {
  const stateDir = temporaryFolder();
  const server = await start({ stateDir, uiPort: 0 });
  expect((await fetch(`${String(server.uiUrl)}/`)).status).toBe(200);
  await server.stop();
  expect(isRunning(server.pid)).toBe(false);
  expect(await isAnswering(portOf(server.address))).toBe(false);
  expect(readdirSync(stateDir)).toEqual([]);
});

test('with a data file, workflows survive a restart', async () => {
  const folder = temporaryFolder();
  const options = { stateDir: join(folder, 'state'), dataFile: join(folder, 'data', 'temporal.db') };
  const first = await start(options);
  await startWorkflow(first.address, 'kept');
  await first.stop();
  const second = await start(options);
  const { workflowExecutionInfo } = await describeWorkflow(second.address, 'kept');
  expect(workflowExecutionInfo?.type?.name).toBe('any');
});

test('the port of a running Temporal is told as taken; given as our own it is used, and not stopped', async () => {
  const stateDir = temporaryFolder();
  const running = await start({ stateDir });
  const port = portOf(running.address);
  await expect(start({ stateDir, port })).rejects.toThrow(
    /^Port \d+, wanted for Temporal, is .* TEMPORAL_PORT\.$/,
  );
  await expect(start({ stateDir, uiPort: port })).rejects.toThrow(
    /wanted for the Temporal UI, .* TEMPORAL_UI_PORT\.$/,
  );
  const server = await start({ stateDir, external: running.address });
  expect(server).toMatchObject({ address: running.address, uiUrl: null, pid: null });
  await server.stop();
  expect(isRunning(running.pid)).toBe(true);
});

test('a Temporal server left by a killed run is ended at the next start', async () => {
  const stateDir = temporaryFolder();
  const leftover = await serverOfKilledParent('temporal', { dataDir: '', stateDir });
  expect(isRunning(leftover)).toBe(true);
  const { say, lines } = listener();
  await start({ stateDir, say });
  expect(isRunning(leftover)).toBe(false);
  expect(lines).toContain(`Ending Temporal (process ${leftover}), left behind by a run that was killed.`);
});

test('a Temporal server ends with a run that exits without stopping it, and the exit code stays', async () => {
  const folders = { dataDir: '', stateDir: temporaryFolder() };
  const { pid, exitCode } = await serverOfExitedParent('temporal', folders, 7);
  await until(() => !isRunning(pid));
  expect(exitCode).toBe(7);
});

test('a Temporal of our own that does not answer is told', async () => {
  const external = `127.0.0.1:${await freePort()}`;
  const attempt = start({ stateDir: temporaryFolder(), external });
  await expect(attempt).rejects.toThrow('The Temporal of TEMPORAL_ADDRESS does not answer');
});
