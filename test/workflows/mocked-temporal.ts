import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { inject } from 'vitest';
import { startTemporal } from '../../dev/servers/temporal.js';
import type { Activities } from '../../src/activities/create.js';
import { createEvents } from '../../src/events.js';
import { createLogger } from '../../src/logger.js';
import { connectTemporal } from '../../src/temporal/connection.js';
import { createOrchestration, type Orchestration } from '../../src/temporal/orchestration.js';
import { createMetrics } from '../../src/telemetry.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { startWorker } from '../../src/temporal/worker.js';

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
  const events = createEvents(createLogger({ level: 'silent' }), createMetrics({ processMetrics: false }));
  return {
    async tell(activities, story) {
      const taskQueue = randomUUID();
      const worker = await startWorker({
        config: { ...address, TEMPORAL_TASK_QUEUE: taskQueue },
        ...{ activities, events, graceMs: 100 },
        bundle: { code: inject('workflowBundle'), sourceMap: '' },
      });
      const start: Stage['start'] = (type, workflowId, input) =>
        client.workflow.start(type, { taskQueue, workflowId, args: input === undefined ? [] : [input] });
      const orchestration = createOrchestration(client, taskQueue);
      try {
        await Promise.race([worker.stopped, story({ client, taskQueue, orchestration, start })]);
      } finally {
        await worker.stop();
      }
    },
    async close() {
      await close();
      await server.stop();
    },
  };
}
