import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { beforeAll, expect, it, vi } from 'vitest';
import { createLogger } from '../../src/logger.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { workflowsPath } from '../../src/temporal/workflows-path.js';
import { openTracing } from '../../src/tracing.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = new URL('../histories/', import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);

let code: string;
beforeAll(async () => {
  installRuntime(createLogger({ level: 'silent' }));
  const tracing = await openTracing('http://127.0.0.1:9');
  const { temporal } = tracing;
  if (temporal === undefined) throw new Error('an endpoint has it trace');
  const bundle = await bundleWorkflowCode({
    workflowsPath: workflowsPath(),
    workflowInterceptorModules: temporal.workflowModules,
    logger: new DefaultLogger('ERROR'),
  });
  code = bundle.code;
  await tracing.close();
});

it.each(names)('%s, which began untraced, goes the same way when tracing is turned on', async (name) => {
  const history = historyFromJSON(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  const workflowId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  expect(workflowId).toBeTruthy();
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowId ?? '');
});
