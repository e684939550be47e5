import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { createEvents } from '../src/events.js';
import { createLogger } from '../src/logger.js';
import { createMetrics } from '../src/telemetry.js';
import { installRuntime } from '../src/temporal/runtime.js';
import { startWorker } from '../src/temporal/worker.js';
import { bareActivities } from './bare-activities.js';

/** A worker of a poll's workflows whose activities do nothing: address, task queue and patients are its arguments. */
async function serve(): Promise<void> {
  const [address = '', taskQueue = '', patients = ''] = process.argv.slice(2);
  const logger = createLogger({ level: 'silent' });
  installRuntime(logger);
  const bundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./fan-out.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  const worker = await startWorker({
    config: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default', TEMPORAL_TASK_QUEUE: taskQueue },
    activities: bareActivities(Number(patients)),
    events: createEvents(logger, createMetrics({ processMetrics: false })),
    bundle,
  });
  process.once('disconnect', () => void worker.stop());
  process.send?.('serving');
}

await serve();
