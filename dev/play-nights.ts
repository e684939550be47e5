import { connectTemporal } from '../src/temporal/connection.js';
import type { ScheduleName } from '../src/temporal/oversight.js';
import { until } from './journey/until.js';
import type { Sandbox } from './open-wearables/sandbox.js';
import type { World } from './world.js';

/** What runs by itself at night, for the recorder of histories. */
export async function playNights(world: World, sandbox: Sandbox): Promise<void> {
  await playScheduled(world, 'audit', 'checkAudit');
  await world.app.settings.write('ow.heal_days', '1', null);
  await playScheduled(world, 'heal', 'heal');
  await playReconciling(world, sandbox);
}

async function playScheduled(
  { app, config }: World,
  name: ScheduleName,
  workflowType: string,
): Promise<void> {
  await app.oversight.trigger(name);
  const temporal = await connectTemporal(config);
  const query = `WorkflowType = '${workflowType}' and ExecutionStatus = 'Completed'`;
  const ended = async () => (await temporal.client.workflow.count(query)).count > 0;
  await until('the night is over', ended, 120_000).finally(() => temporal.close());
}

async function playReconciling({ app: { orchestration, settings } }: World, sandbox: Sandbox): Promise<void> {
  const reconcile = async () =>
    orchestration.reconcileResult(await orchestration.startReconcile({ days: 3 }));
  await reconcile();
  sandbox.control.faults.failNext({ path: /timeseries/ }, { status: 404 });
  await reconcile();
  sandbox.control.faults.failNext(
    { path: /./ },
    { status: 401, body: '{"detail":"Invalid or missing API key"}' },
  );
  await reconcile();
  sandbox.control.faults.clear();
  await settings.write('ow.ingest_mode', 'raw', null);
  await reconcile();
  await settings.unset('ow.ingest_mode');
}
