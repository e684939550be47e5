import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { startTemporal } from '../../dev/servers/temporal.js';
import type { Activities } from '../../src/activities/create.js';
import { createLogger } from '../../src/logger.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { createOrchestration, type Orchestration } from '../../src/temporal/orchestration.js';
import { installRuntime } from '../../src/temporal/runtime.js';

/** Where a story about workflows happens: a worker with the real workflows and the activities of the test. */
export interface Stage {
  readonly client: Client;
  readonly taskQueue: string;
  readonly orchestration: Orchestration;
  /** Starts a workflow by name. */
  readonly start: (type: string, workflowId: string, input?: unknown) => Promise<WorkflowHandle>;
}

export interface MockedTemporal {
  /** Tells a story with these activities; the worker stops when it is told. */
  tell(activities: Partial<Activities>, story: (stage: Stage) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A Temporal server of a test file's own. */
export async function startMockedTemporal(extraArgs: readonly string[] = []): Promise<MockedTemporal> {
  installRuntime(createLogger({ level: 'silent' }));
  const server = await startTemporal({ uiPort: null, say: () => undefined, extraArgs });
  const address = {
    ...{ TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'default' },
    SITE_URL: 'http://localhost:8001',
  };
  const { client, close } = await connectTemporal(address);
  const connection = await NativeConnection.connect({ address: server.address });
  return {
    async tell(activities, story) {
      const taskQueue = randomUUID();
      const workflowBundle = { code: inject('workflowBundle') };
      const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle });
      const start: Stage['start'] = (type, workflowId, input) =>
        client.workflow.start(type, { taskQueue, workflowId, args: input === undefined ? [] : [input] });
      await worker.runUntil(
        story({ client, taskQueue, orchestration: createOrchestration(client, taskQueue), start }),
      );
    },
    async close() {
      await connection.close();
      await close();
      await server.stop();
    },
  };
}
